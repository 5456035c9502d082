import type { TaskBrief } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

/** Rejects with `task.already_claimed`, in words who and since when, when somebody was faster. */
export const claimTask = (id: string): Promise<TaskBrief> =>
  call('claimTask', { params: { id }, idempotencyKey: newActionKey() });
