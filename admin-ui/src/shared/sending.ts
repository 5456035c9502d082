import { ref, watch, type Ref } from 'vue';
import { explainFailure } from './failure.ts';
import { notifyDone } from './notify.ts';

export interface Sending {
  sending: Ref<boolean>;
  /** Why it was refused, in one sentence; '' where it was not. */
  failure: Ref<string>;
  /** Does the work, says what was done and closes the dialog. False where it was refused: the dialog stays and says why. */
  send: (work: () => Promise<unknown>, done: () => string) => Promise<boolean>;
}

/** What a dialog does when it is confirmed. */
export function useSending(open: Ref<boolean>): Sending {
  const sending = ref(false);
  const failure = ref('');
  watch(open, () => (failure.value = ''));

  async function send(work: () => Promise<unknown>, done: () => string): Promise<boolean> {
    sending.value = true;
    try {
      await work();
      notifyDone(done());
      open.value = false;
      return true;
    } catch (error) {
      failure.value = explainFailure(error);
      return false;
    } finally {
      sending.value = false;
    }
  }

  return { sending, failure, send };
}
