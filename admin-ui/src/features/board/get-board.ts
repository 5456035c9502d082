import type { Board, OverdueCases } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getBoard = (): Promise<Board> => call('getBoard');

/** Deep red, then red; the longest overdue first. */
export const listOverdueCases = (): Promise<OverdueCases> => call('listOverdueCases');
