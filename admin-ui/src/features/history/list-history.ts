import type { HistoryPage } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

/** Oldest first, with the verdict on the chain of hashes. */
export const listHistory = async (id: string, page: PageRequest): Promise<HistoryPage> =>
  (await call('listCaseHistory', { params: { id }, query: page })) as HistoryPage;
