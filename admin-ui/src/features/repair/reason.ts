import { ref, watch, type Ref } from 'vue';

export interface Reason {
  text: Ref<string>;
  /** What to say at the field; '' while nothing is wrong with it. */
  missing: Ref<string>;
  /** The reason without blanks around it. Where there is none, says so at the field and gives ''. */
  take: () => string;
}

/** Why somebody acts on a case by hand, asked in a dialog: the record keeps it. */
export function useReason(open: Ref<boolean>, needed: () => string): Reason {
  const text = ref('');
  const missing = ref('');
  watch(open, () => (text.value = missing.value = ''));
  watch(text, () => (missing.value = ''));

  function take(): string {
    const reason = text.value.trim();
    missing.value = reason ? '' : needed();
    return reason;
  }

  return { text, missing, take };
}
