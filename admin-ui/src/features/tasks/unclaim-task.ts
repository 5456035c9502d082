import type { TaskBrief } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

export const unclaimTask = (id: string): Promise<TaskBrief> =>
  call('unclaimTask', { params: { id }, idempotencyKey: newActionKey() });
