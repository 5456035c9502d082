import { HOUR_MS } from './day.ts';
import { invalidCalendar } from './invalid-calendar.ts';

/** ms after local midnight */
export interface OfficeHours {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** `08:30-12:00`, in order, not overlapping; anything else is refused with `calendar.invalid`. */
export function readOfficeHours(texts: readonly string[]): readonly OfficeHours[] {
  const hours = texts.map((text) => {
    const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
    if (!match) throw invalidCalendar(`office hours "${text}" are not of the form 08:30-12:00`);
    const [opens, opensMinute, closes, closesMinute] = match.slice(1).map(Number) as [number, number, number, number];
    return { opensAt: opens * HOUR_MS + opensMinute * 60_000, closesAt: closes * HOUR_MS + closesMinute * 60_000 };
  });
  if (hours.length === 0) throw invalidCalendar('there are no office hours');
  hours.forEach(({ opensAt, closesAt }, index) => {
    const previous = index === 0 ? 0 : hours[index - 1]!.closesAt;
    if (opensAt < previous || closesAt <= opensAt || closesAt > 24 * HOUR_MS)
      throw invalidCalendar('office hours overlap or are out of order');
  });
  return hours;
}

/** ms the office is open on a day with these hours. */
export function lengthOf(hours: readonly OfficeHours[]): number {
  return hours.reduce((sum, { opensAt, closesAt }) => sum + closesAt - opensAt, 0);
}

/** What a working day is worth where parts of it are counted: the office time of a day without hours of its own, in ms. */
export function usualDayOf({ officeHours }: { readonly officeHours: readonly OfficeHours[] }): number {
  return lengthOf(officeHours);
}

/** ms the office has been open by `clock`, in ms after local midnight. */
export function openUntil(hours: readonly OfficeHours[], clock: number): number {
  return hours.reduce(
    (sum, { opensAt, closesAt }) => sum + Math.min(Math.max(0, clock - opensAt), closesAt - opensAt),
    0,
  );
}
