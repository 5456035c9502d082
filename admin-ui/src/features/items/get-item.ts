import type { ItemDetail } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getItem = async (key: string): Promise<ItemDetail> =>
  (await call('getItem', { params: { key } })) as ItemDetail;
