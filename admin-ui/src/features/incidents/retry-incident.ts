import type { Incident } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

export const retryIncident = (id: string): Promise<Incident> =>
  call('retryIncident', { params: { id }, idempotencyKey: newActionKey() });
