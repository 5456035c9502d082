import type { CaseBrief, SupplementAnswer, SupplementNotice } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

export const noticeSupplement = (id: string, body: SupplementNotice): Promise<CaseBrief> =>
  call('noticeSupplement', { params: { id }, body, idempotencyKey: newActionKey() });

export const answerSupplement = (id: string, body: SupplementAnswer, idempotencyKey: string): Promise<CaseBrief> =>
  call('answerSupplement', { params: { id }, body, idempotencyKey });
