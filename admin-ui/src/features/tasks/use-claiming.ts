import type { Ref } from 'vue';
import { i18n } from '../../shared/i18n/index.ts';
import { useRowAction } from '../../shared/row-action.ts';
import { claimTask } from './claim-task.ts';
import { unclaimTask } from './unclaim-task.ts';

export interface Claiming {
  /** The task that is being claimed or given back. */
  busy: Ref<string>;
  claim: (id: string) => Promise<boolean>;
  unclaim: (id: string) => Promise<boolean>;
}

/** Claims and gives back. */
export function useClaiming(refresh: () => Promise<void>): Claiming {
  const { t } = i18n.global;
  const { busy, act } = useRowAction(refresh);
  return {
    busy,
    claim: (id) => act(id, claimTask, t('task.claimed')),
    unclaim: (id) => act(id, unclaimTask, t('task.unclaimed')),
  };
}
