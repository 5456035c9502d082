import { dueDate, type WorkCalendar } from '../../engine/time/index.ts';
import type { Order } from './order.ts';

/** Until when an order has to be answered, by this calendar. */
export function replyDue({ issuedAt, days }: { issuedAt: number; days: number }, calendar: WorkCalendar) {
  const { dueAt, provisional, calendarVersion } = dueDate({
    start: issuedAt,
    limit: { value: days, unit: 'workingDays' },
    calendar,
  });
  return { dueAt, provisional, calendarVersion };
}

/** Another date, or another certainty; undefined where the calendar changes neither, or the order does not tell its days. */
export function replyMoved(order: Order, calendar: WorkCalendar): ReturnType<typeof replyDue> | undefined {
  const { issuedAt, days, calendarVersion } = order;
  if (days === undefined || calendarVersion === calendar.version) return undefined;
  const due = replyDue({ issuedAt, days }, calendar);
  return due.dueAt === order.dueAt && due.provisional === order.provisional ? undefined : due;
}
