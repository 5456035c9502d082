import type { WorkCalendar } from './calendar.ts';
import type { Day } from './day.ts';

/**
 * The n-th working day after `day`, which itself is not counted. n = 0: `day`, or the next working day when it is none.
 * Takes logarithmic time, so a limit of a million days costs what a limit of five does.
 */
export function addWorkingDays(calendar: WorkCalendar, day: Day, n: number): Day {
  const wanted = n === 0 ? calendar.rank(day - 1) + 1 : calendar.rank(day) + n;
  return dayOfRank(calendar, wanted);
}

/** The working day that is n working days before `day` (a working day). */
export function subtractWorkingDays(calendar: WorkCalendar, day: Day, n: number): Day {
  return dayOfRank(calendar, calendar.rank(day) - n);
}

/** Working days after `from` up to and including `to`; negative when `to` is the earlier one. */
export function workingDaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  return calendar.rank(to) - calendar.rank(from);
}

/** The day itself when it is a working day, else the next one. */
export function firstWorkingDay(calendar: WorkCalendar, day: Day): Day {
  return addWorkingDays(calendar, day, 0);
}

/** True where any day of the span lies beyond what the notices cover. */
export function isProvisional(calendar: WorkCalendar, from: Day, to: Day): boolean {
  return !calendar.coversDay(from) || !calendar.coversDay(to);
}

/** The first day whose rank is `wanted`: rank never falls, so it can be searched. */
function dayOfRank(calendar: WorkCalendar, wanted: number): Day {
  const guess = Math.floor((wanted * 7) / 5);
  let step = 64;
  while (calendar.rank(guess - step) >= wanted) step *= 2;
  let low = guess - step;
  step = 64;
  while (calendar.rank(guess + step) < wanted) step *= 2;
  let high = guess + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (calendar.rank(middle) >= wanted) high = middle;
    else low = middle;
  }
  return high;
}
