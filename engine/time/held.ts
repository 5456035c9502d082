import type { WorkCalendar } from './calendar.ts';
import type { Gap } from './counter.ts';
import { dayOf, startOfDay, type Day } from './day.ts';
import type { Hold } from './terms.ts';
import { closeOfOffice } from './working-hours.ts';

type Span = Pick<Hold, 'from' | 'to'>;

/** Moments that do not count: holds from the start on, those that overlap or touch made one. */
export function heldMoments(holds: readonly Span[], start: number): Gap[] {
  return merged(holds.map(({ from, to }) => ({ from: Math.max(from, start), to: to ?? Infinity })));
}

/**
 * Days that do not count: every day on which the clock stood still for any part of the office hours (on a day off: of the
 * hours it would have). Part of a day is rounded up to the day, so that no office time is lost to a hold.
 */
export function heldDays(calendar: WorkCalendar, holds: readonly Span[], start: number): Gap[] {
  return merged(
    heldMoments(holds, start).map(({ from, to }) => {
      const day = dayOf(from, calendar.utcOffsetMs);
      const first = from < closeOfOffice(calendar, day) ? day : day + 1;
      const last = to === Infinity ? Infinity : lastDayBefore(calendar, to);
      const lunch = first === last && !touches(calendar, first, from, to);
      return { from: first - 1, to: lunch ? first - 1 : last };
    }),
  );
}

function lastDayBefore(calendar: WorkCalendar, to: number): Day {
  const day = dayOf(to, calendar.utcOffsetMs);
  const opens = startOfDay(day, calendar.utcOffsetMs) + calendar.officeHoursOn(day)[0]!.opensAt;
  return to > opens ? day : day - 1;
}

function touches(calendar: WorkCalendar, day: Day, from: number, to: number): boolean {
  const midnight = startOfDay(day, calendar.utcOffsetMs);
  return calendar
    .officeHoursOn(day)
    .some(({ opensAt, closesAt }) => from < midnight + closesAt && to > midnight + opensAt);
}

function merged(gaps: readonly Gap[]): Gap[] {
  const result: Gap[] = [];
  for (const gap of gaps.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && gap.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, gap.to) };
    else result.push(gap);
  }
  return result;
}
