import type { Item } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const listItems = (): Promise<Item[]> => call('listItems');
