import type { Notice, NoticeKind, Page } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

export interface NoticeFilter {
  /** `type:id` of the recipient. */
  to?: string | undefined;
  kind?: NoticeKind | undefined;
}

/** What the demo's message catcher caught, newest first. */
export const listNotices = async (filter: NoticeFilter, page: PageRequest): Promise<Page<Notice>> =>
  (await call('listCaughtNotices', { query: { ...filter, ...page } as never })) as Page<Notice>;
