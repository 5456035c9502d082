import type { CaseBrief, CaseStatus, Light, Page } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

export interface CaseFilter {
  status?: CaseStatus;
  light?: Light;
  definition?: string;
  text?: string;
}

/** Newest first. */
export const listCases = async (filter: CaseFilter, page: PageRequest): Promise<Page<CaseBrief>> =>
  (await call('listCases', { query: { ...filter, ...page } })) as Page<CaseBrief>;
