import type { Limit } from './graph.ts';

/** A week of five days; a usual day of the calendar we ship has seven hours (docs/due-dates.md). */
export const WORKING_DAYS_PER_WEEK = 5;
export const HOURS_PER_DAY = 7;

/** What a limit comes to at least in another unit, with parts of a day, so that hours of several tasks add up: 8 hours are more than one day. */
export function inUnit({ value, unit: from }: Pick<Limit, 'value' | 'unit'>, unit: Limit['unit']): number {
  if (from === unit) return value;
  // weekends come on top, but where they lie nobody knows
  if (unit === 'calendarDays') return from === 'workingDays' ? value : value / HOURS_PER_DAY;
  const days =
    from === 'calendarDays'
      ? Math.floor(value / 7) * WORKING_DAYS_PER_WEEK
      : from === 'workingHours'
        ? value / HOURS_PER_DAY
        : value;
  return unit === 'workingDays' ? days : days * HOURS_PER_DAY;
}

/** What a limit usually comes to in another unit: seven calendar days have five working days. */
export function inUsualWeeks(limit: Pick<Limit, 'value' | 'unit'>, unit: Limit['unit']): number {
  const { value, unit: from } = limit;
  if (from === unit) return value;
  if (unit === 'calendarDays') return (inUnit(limit, 'workingDays') / WORKING_DAYS_PER_WEEK) * 7;
  if (from !== 'calendarDays') return inUnit(limit, unit);
  return inUnit({ value: (value / 7) * WORKING_DAYS_PER_WEEK, unit: 'workingDays' }, unit);
}
