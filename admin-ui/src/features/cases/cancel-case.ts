import type { CaseBrief } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

export const cancelCase = (id: string, reason: string): Promise<CaseBrief> =>
  call('cancelCase', { params: { id }, body: { reason }, idempotencyKey: newActionKey() });
