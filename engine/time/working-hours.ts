import type { WorkCalendar } from './calendar.ts';
import { dayOf, startOfDay } from './day.ts';
import { addWorkingDays, firstWorkingDay } from './working-days.ts';

/**
 * The instant at which `ms` of office time have passed since `start`. Exact to the millisecond; time outside office hours
 * does not count. Ends at closing time rather than at the next opening when both would do.
 */
export function addWorkingTime(calendar: WorkCalendar, start: number, ms: number): number {
  const perDay = calendar.officeHours.reduce((sum, { opensAt, closesAt }) => sum + closesAt - opensAt, 0);
  const startDay = dayOf(start, calendar.utcOffsetMs);
  const first = firstWorkingDay(calendar, startDay);
  let clock = first === startDay ? start - startOfDay(startDay, calendar.utcOffsetMs) : 0;
  const leftToday = calendar.officeHours.reduce(
    (sum, { opensAt, closesAt }) => sum + Math.max(0, closesAt - Math.max(clock, opensAt)),
    0,
  );
  let day = first;
  let left = ms;
  if (left > leftToday) {
    // Whole days are stepped over at once; the last day keeps a remainder of (0, perDay].
    const days = Math.ceil((left - leftToday) / perDay);
    left -= leftToday + (days - 1) * perDay;
    day = addWorkingDays(calendar, first, days);
    clock = 0;
  }
  for (const { opensAt, closesAt } of calendar.officeHours) {
    const from = Math.max(clock, opensAt);
    if (from >= closesAt) continue;
    if (left <= closesAt - from) return startOfDay(day, calendar.utcOffsetMs) + from + left;
    left -= closesAt - from;
  }
  // Only reached with nothing left to add and the office closed for the day: time begins to run at the next opening.
  return startOfDay(addWorkingDays(calendar, day, 1), calendar.utcOffsetMs) + calendar.officeHours[0]!.opensAt;
}
