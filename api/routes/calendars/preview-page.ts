import type { z } from 'zod';
import type { WorkCalendar } from '../../../engine/time/index.ts';
import { casesOf, movedOrders, type MovedOrder } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { cursorOf, readCursor } from '../page.ts';
import { instant } from '../present.ts';
import { presentAffected } from './affected.ts';
import type { HolidayNoticePreview, MovedOrder as PresentedOrder } from './schema.ts';

type Page = Pick<z.input<typeof HolidayNoticePreview>, 'checked' | 'affected' | 'orders' | 'next'>;

/** Behind which case a page begins; without `startedAt` the cases are through, and it begins behind the order `id`. */
const BY_PLACE = { startedAt: 'number?', id: 'string' } as const;

/** Whom another calendar would move: first the open cases, page by page, then the open orders, also those about ended cases. */
export async function previewPage(
  house: House,
  calendar: WorkCalendar,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page> {
  const place = readCursor(cursor, BY_PLACE, '/body/cursor');
  if (place && place.startedAt == null)
    return { checked: 0, affected: [], ...(await ordersAfter(house, calendar, place.id, limit)) };
  const after = place && { startedAt: place.startedAt!, id: place.id };
  const page = await house.engine.previewRecount({ calendar, limit, ...(after && { after }) });
  const cases = {
    checked: page.checked,
    affected: page.affected.map(presentAffected),
  };
  if (page.next) return { ...cases, orders: [], next: cursorOf(page.next, BY_PLACE) };
  return { ...cases, ...(await ordersAfter(house, calendar, null, limit)) };
}

async function ordersAfter(house: House, calendar: WorkCalendar, after: string | null, limit: number) {
  const { moved, next } = await movedOrders(house, { calendar, after, limit });
  return {
    orders: moved.map(presentMovedOrder),
    next: next === null ? null : cursorOf({ startedAt: null, id: next }, BY_PLACE),
  };
}

function presentMovedOrder({ order, dueAt, provisional }: MovedOrder): z.input<typeof PresentedOrder> {
  return {
    number: order.number,
    cases: casesOf(order),
    was: instant(order.dueAt),
    is: instant(dueAt),
    wasProvisional: order.provisional,
    isProvisional: provisional,
  };
}
