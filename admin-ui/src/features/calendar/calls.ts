import type {
  CalendarYear,
  HolidayNoticeLoaded,
  HolidayNoticePreview,
  Recount,
  RecountList,
} from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const getCalendarYear = (region: string, year: number, version?: string): Promise<CalendarYear> =>
  call('getCalendarYear', { params: { region, year }, query: { ...(version && { version }) } });

export const previewHolidayNotice = (notice: unknown, cursor?: string): Promise<HolidayNoticePreview> =>
  call('previewHolidayNotice', { body: { notice, limit: 100, ...(cursor && { cursor }) } });

export const loadHolidayNotice = (notice: unknown, idempotencyKey: string): Promise<HolidayNoticeLoaded> =>
  call('loadHolidayNotice', { body: { notice }, idempotencyKey });

export const listRecounts = (): Promise<RecountList> => call('listRecounts');

export const getRecount = (id: string): Promise<Recount> => call('getRecount', { params: { id } });
