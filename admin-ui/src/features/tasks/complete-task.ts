import type { FormValues, TaskBrief } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Rejects with `form.invalid` and one error per field, or `task.closed`. */
export const completeTask = (id: string, data: FormValues, idempotencyKey: string): Promise<TaskBrief> =>
  call('completeTask', { params: { id }, body: { data }, idempotencyKey });
