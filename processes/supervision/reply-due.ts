import { dueDate, type WorkCalendar } from '../../engine/time/index.ts';
import type { Order } from './order.ts';

/** Until when an order has to be answered that was issued, or whose reply was returned, then, by this calendar. */
export function replyDue({ from, days }: { from: number; days: number }, calendar: WorkCalendar) {
  const { dueAt, provisional, calendarVersion } = dueDate(replyTerms({ from, days }, calendar));
  return { dueAt, provisional, calendarVersion };
}

/** What that is counted from. */
export function replyTerms({ from, days }: { from: number; days: number }, calendar: WorkCalendar) {
  return { start: from, limit: { value: days, unit: 'workingDays' as const }, calendar };
}

/** From when a department has its days to reply. */
export function replyFrom({ issuedAt, returnedAt }: Pick<Order, 'issuedAt' | 'returnedAt'>): number {
  return returnedAt ?? issuedAt;
}

/** Another date, or another certainty; undefined where the calendar changes neither, or the order does not tell its days. */
export function replyMoved(order: Order, calendar: WorkCalendar): ReturnType<typeof replyDue> | undefined {
  const { days, calendarVersion } = order;
  if (days === undefined || calendarVersion === calendar.version) return undefined;
  const due = replyDue({ from: replyFrom(order), days }, calendar);
  return due.dueAt === order.dueAt && due.provisional === order.provisional ? undefined : due;
}
