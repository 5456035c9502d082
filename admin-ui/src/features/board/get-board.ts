import type { Board } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getBoard = (): Promise<Board> => call('getBoard');
