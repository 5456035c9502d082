/**
 * A calendar day as a whole number: days since 1970-01-01 in local time. Working-day arithmetic is integer arithmetic
 * on these, so no step depends on the time zone of the machine.
 */
export type Day = number;

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** China keeps one offset and has had no summer time since 1991. */
export const CHINA_OFFSET_MS = 8 * HOUR_MS;

/** The local day an instant falls on. */
export function dayOf(instant: number, utcOffsetMs: number): Day {
  return Math.floor((instant + utcOffsetMs) / DAY_MS);
}

/** The instant of 00:00 local time. */
export function startOfDay(day: Day, utcOffsetMs: number): number {
  return day * DAY_MS - utcOffsetMs;
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** `2026-02-29`, `2026-1-1` and the like are no dates: undefined. */
export function parseDay(date: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match ? dayFromParts(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** `month` counts from 1; undefined where the month has no such day. */
export function dayFromParts(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  return utcMidnight(year, month, dayOfMonth) / DAY_MS;
}

export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

export function partsOf(day: Day): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(utcMidnight(year, month + 1, 0)).getUTCDate();
}

/** Date.UTC reads years 0 to 99 as 1900 to 1999; this does not. */
function utcMidnight(year: number, month: number, dayOfMonth: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, dayOfMonth);
}
