import {
  addWorkingDays,
  dayOf,
  firstWorkingDay,
  parseDay,
  startOfDay,
  type Day,
  type WorkCalendar,
} from '../../engine/time/index.ts';

/** Where the demo's clock may be moved to by name. */
export const LEAPS = ['hour', 'nextWorkingDay', 'afterNationalDay'] as const;
export type Leap = (typeof LEAPS)[number];

const HOUR_MS = 3_600_000;

/** An hour on; the opening of the next working day; the opening of the first working day after the next National Day holiday. */
export function instantAfter(leap: Leap, now: number, calendar: WorkCalendar): number {
  if (leap === 'hour') return now + HOUR_MS;
  const today = dayOf(now, calendar.utcOffsetMs);
  if (leap === 'nextWorkingDay') return opening(calendar, addWorkingDays(calendar, today, 1));
  const year = new Date(now + calendar.utcOffsetMs).getUTCFullYear();
  const ends = [year, year + 1].map((each) => opening(calendar, afterNationalDay(calendar, each)));
  return ends.find((end) => end > now)!;
}

/** Where no notice says how long it lasts, the week that is usual. */
function afterNationalDay(calendar: WorkCalendar, year: number): Day {
  const first = parseDay(`${year}-10-01`)!;
  return firstWorkingDay(calendar, calendar.coversDay(first) ? first : first + 7);
}

function opening(calendar: WorkCalendar, day: Day): number {
  return startOfDay(day, calendar.utcOffsetMs) + calendar.officeHoursOn(day)[0]!.opensAt;
}
