import { ref, type Ref } from 'vue';
import { i18n } from '../../shared/i18n/index.ts';
import { explainFailure } from '../../shared/failure.ts';
import { notifyDone, notifyFailed } from '../../shared/notify.ts';
import { claimTask } from './claim-task.ts';
import { unclaimTask } from './unclaim-task.ts';

export interface Claiming {
  /** The task that is being claimed or given back. */
  busy: Ref<string>;
  claim: (id: string) => Promise<boolean>;
  unclaim: (id: string) => Promise<boolean>;
}

/** Claims and gives back, says what happened, and lets the screen look again either way: a refusal means it was old. */
export function useClaiming(refresh: () => Promise<void>): Claiming {
  const { t } = i18n.global;
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

  return {
    busy,
    claim: (id) => act(id, claimTask, t('task.claimed')),
    unclaim: (id) => act(id, unclaimTask, t('task.unclaimed')),
  };
}
