import { countUpTo } from './count-up-to.ts';
import { dayFromParts, weekdayOf, type Day } from './day.ts';

/** The Gregorian calendar repeats itself after 400 years, days of the week included. */
const CYCLE_YEARS = 400;
const CYCLE_DAYS = 146_097;
const FIRST_YEAR = 2000;

/**
 * Counts the days on these dates (`MM-DD`) of every year that are no Saturday or Sunday, from 2000 up to and including a day;
 * negative before. As quick in any year.
 */
export function weekdaysOn(dates: readonly string[]): (day: Day) => number {
  const origin = dayFromParts(FIRST_YEAR, 1, 1)!;
  const cycle = Array.from({ length: CYCLE_YEARS }, (_, index) => FIRST_YEAR + index)
    .flatMap((year) => dates.map((date) => dayFromParts(year, ...monthAndDay(date))))
    .filter((day) => day !== undefined && weekdayOf(day) % 6 !== 0)
    .map((day) => day! - origin)
    .sort((a, b) => a - b);
  return (day) => {
    const cycles = Math.floor((day - origin) / CYCLE_DAYS);
    return cycles * cycle.length + countUpTo(cycle, day - origin - cycles * CYCLE_DAYS);
  };
}

function monthAndDay(date: string): [month: number, dayOfMonth: number] {
  const [month, dayOfMonth] = date.split('-').map(Number);
  return [month!, dayOfMonth!];
}
