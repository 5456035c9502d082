import type { CaseDiagram } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getCaseDiagram = (id: string): Promise<CaseDiagram> => call('getCaseDiagram', { params: { id } });
