import type { WorkCalendar } from './calendar.ts';
import { dayOf, startOfDay, type Day } from './day.ts';
import { addWorkingDays, firstWorkingDay } from './working-days.ts';

/**
 * The instant at which `ms` of office time have passed since `start`. Exact to the millisecond; time outside office hours
 * does not count. Ends at closing time rather than at the next opening when both would do.
 */
export function addWorkingTime(calendar: WorkCalendar, start: number, ms: number): number {
  if (ms <= 0) return nextOpenMoment(calendar, start);
  const wanted = calendar.officeTimeUpTo(start) + ms;
  const day = dayThatReaches(calendar, dayOf(start, calendar.utcOffsetMs) - 1, wanted);
  const midnight = startOfDay(day, calendar.utcOffsetMs);
  let left = wanted - calendar.officeTimeUpTo(midnight);
  for (const { opensAt, closesAt } of calendar.officeHoursOn(day)) {
    if (left <= closesAt - opensAt) return midnight + opensAt + left;
    left -= closesAt - opensAt;
  }
  throw new Error('A day reached its office time without having it');
}

/** ms of office time between two instants; negative when `to` is the earlier one. */
export function workingTimeBetween(calendar: WorkCalendar, from: number, to: number): number {
  return calendar.officeTimeUpTo(to) - calendar.officeTimeUpTo(from);
}

/** The instant of closing time on `day`. */
export function closeOfOffice(calendar: WorkCalendar, day: Day): number {
  return startOfDay(day, calendar.utcOffsetMs) + calendar.officeHoursOn(day).at(-1)!.closesAt;
}

function nextOpenMoment(calendar: WorkCalendar, start: number): number {
  const today = dayOf(start, calendar.utcOffsetMs);
  const first = firstWorkingDay(calendar, today);
  const day = first === today && start >= closeOfOffice(calendar, today) ? addWorkingDays(calendar, today, 1) : first;
  const midnight = startOfDay(day, calendar.utcOffsetMs);
  const hours = calendar.officeHoursOn(day).find(({ closesAt }) => start < midnight + closesAt)!;
  return Math.max(start, midnight + hours.opensAt);
}

/** The first day after `low` by whose end the office time up to it is `wanted`; office time never falls, so it can be searched. */
function dayThatReaches(calendar: WorkCalendar, low: Day, wanted: number): Day {
  const reaches = (day: Day): boolean => calendar.officeTimeUpTo(startOfDay(day + 1, calendar.utcOffsetMs)) >= wanted;
  let step = 4;
  while (!reaches(low + step)) step *= 2;
  let high = low + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
