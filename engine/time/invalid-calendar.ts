import { Rejection } from '../kernel/rejection.ts';

export function invalidCalendar(reason: string): Rejection {
  return new Rejection('invalid', 'calendar.invalid', `Expected a working calendar, but ${reason}`, { reason });
}
