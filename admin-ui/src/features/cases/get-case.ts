import type { CaseDetail } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getCase = (id: string): Promise<CaseDetail> => call('getCase', { params: { id } });
