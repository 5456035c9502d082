import type { CaseBrief, FormValues } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Rejects with `form.invalid` and one error per field. */
export const startCase = (definition: string, data: FormValues, idempotencyKey: string): Promise<CaseBrief> =>
  call('startCase', { body: { definition, data }, idempotencyKey });
