import type { Incident, Page } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

export const listIncidents = async (page: PageRequest): Promise<Page<Incident>> =>
  (await call('listIncidents', { query: page })) as Page<Incident>;
