import type { Page, UndeliveredNotice } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

/** Notices that did not arrive, newest first. */
export const listUndeliveredNotices = async (page: PageRequest): Promise<Page<UndeliveredNotice>> =>
  (await call('listUndeliveredNotices', { query: page })) as Page<UndeliveredNotice>;

export const resendNotice = (id: string): Promise<UndeliveredNotice> =>
  call('resendNotice', { params: { id }, idempotencyKey: newActionKey() });
