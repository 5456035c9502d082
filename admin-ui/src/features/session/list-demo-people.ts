import type { DemoPerson } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const listDemoPeople = (): Promise<DemoPerson[]> => call('listDemoPeople');
