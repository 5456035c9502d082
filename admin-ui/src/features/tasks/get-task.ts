import type { TaskDetail } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getTask = async (id: string): Promise<TaskDetail> =>
  (await call('getTask', { params: { id } })) as TaskDetail;
