import { ref, type Ref } from 'vue';
import { explainFailure } from './failure.ts';
import { notifyDone, notifyFailed } from './notify.ts';

export interface RowAction {
  /** Id of the row that is being worked on; '' for none. */
  busy: Ref<string>;
  /** Does it and says what was done, or why it was refused. True: done. */
  act: (id: string, action: (id: string) => Promise<unknown>, done: string) => Promise<boolean>;
}

/** What the button of a row does. The screen looks again either way: a refusal means that it was old. */
export function useRowAction(refresh: () => Promise<void>): RowAction {
  const busy = ref('');

  async function act(id: string, action: (id: string) => Promise<unknown>, done: string): Promise<boolean> {
    busy.value = id;
    try {
      await action(id);
      notifyDone(done);
      return true;
    } catch (error) {
      notifyFailed(explainFailure(error));
      return false;
    } finally {
      busy.value = '';
      await refresh();
    }
  }

  return { busy, act };
}
