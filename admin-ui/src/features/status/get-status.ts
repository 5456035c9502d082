import type { Status } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getStatus = (): Promise<Status> => call('getStatus');
