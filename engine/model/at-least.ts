import type { Limit } from './graph.ts';

/** A week of five days; offices are open for six to eight hours a day. */
const WORKING_DAYS_PER_WEEK = 5;
const LEAST_HOURS_PER_DAY = 6;
const MOST_HOURS_PER_DAY = 8;

/** What a limit comes to at least in another unit. */
export function atLeast({ value, unit: from }: Pick<Limit, 'value' | 'unit'>, unit: Limit['unit']): number {
  if (from === unit) return value;
  if (unit === 'calendarDays') return from === 'workingDays' ? value : Math.floor(value / MOST_HOURS_PER_DAY);
  const days =
    from === 'calendarDays' ? Math.floor(value / 7) * WORKING_DAYS_PER_WEEK : Math.floor(value / MOST_HOURS_PER_DAY);
  if (unit === 'workingDays') return days;
  return (from === 'workingDays' ? value : days) * LEAST_HOURS_PER_DAY;
}
