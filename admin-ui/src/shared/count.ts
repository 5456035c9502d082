import { ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';
import { i18n } from './i18n/index.ts';

/** Why it is not a whole number from 1 to `most`, in words for its field; '' where it is one. */
export function refuseCount(value: number | null | undefined, most: number): string {
  const fits = Number.isInteger(value) && value! >= 1 && value! <= most;
  return fits ? '' : i18n.global.t('form.hint.count', { most });
}

export interface Count {
  value: Ref<number | undefined>;
  /** What to say at the field; '' while nothing is wrong with it. */
  wrong: Ref<string>;
  /** The number. Where it is none that may be sent, says so at the field and gives null. */
  take: () => number | null;
}

/** A number that a dialog asks for: `first` stands there whenever it opens. */
export function useCount(open: Ref<boolean>, first: MaybeRefOrGetter<number>, most: () => number): Count {
  const value = ref<number | undefined>(toValue(first));
  const wrong = ref('');
  watch(open, () => (value.value = toValue(first)));
  watch([open, value], () => (wrong.value = ''));

  function take(): number | null {
    wrong.value = refuseCount(value.value, most());
    return wrong.value ? null : value.value!;
  }

  return { value, wrong, take };
}
