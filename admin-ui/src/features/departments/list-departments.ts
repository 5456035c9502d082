import type { Reference } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const listDepartments = (): Promise<Reference[]> => call('listDepartments');
