import { exactly, officeTime, plain, used, walk, workingDays, type Counter, type Gap, type Run } from './counter.ts';
import { dayOf, HOUR_MS, startOfDay, type Day } from './day.ts';
import { heldDays, heldMoments } from './held.ts';
import { amountOf, type StartRule, type Terms } from './terms.ts';
import { firstWorkingDay } from './working-days.ts';
import { closeOfOffice } from './working-hours.ts';

/** How the terms are counted: in days or in moments, from where, how much, and what is left out. */
export interface Count {
  readonly rule: StartRule;
  /** Positions are days; else moments. */
  readonly inDays: boolean;
  readonly counter: Counter;
  /** From `since` on; from the start when absent. */
  readonly gapsOf: (holds: NonNullable<Terms['holds']>, since?: number) => Gap[];
  readonly gaps: readonly Gap[];
  /** Counting begins after this position. */
  readonly origin: number;
  readonly amount: number;
  /** What one unit of the limit is along the positions: 1 day, or ms. */
  readonly perUnit: number;
  /** A limit of no days: the day of the start, or the first one on which the office is still open. */
  readonly immediate: boolean;
}

/** Where the count ends. */
export interface Ending {
  readonly runs: readonly Run[];
  /** The moment or the day before it was moved for a day of rest; null: held without an end. */
  readonly last: number | null;
  /** The working day at whose close it is due instead: the last day was a day of rest, or an exact end followed on one. */
  readonly movedTo: Day | null;
  readonly dueAt: number | null;
  readonly yellowAt: number | null;
  /** What is counted up to the due date, days of moving included. */
  readonly whole: number;
}

type Due = { dueDay: Day | null; dueAt: number | null };

const SAME_DAY_WARNING = 2 * HOUR_MS;
const USUAL_WARNING = { share: 0.3 };

export function countOf(terms: Terms): Count {
  const count = countBy(terms, amountOf(terms));
  if (!count.immediate || count.rule !== 'minuteExact') return count;
  // a day held in part is left out whole, and an exact clock loses only that part: no days must not end later than one
  const one = { ...countBy(terms, 1), immediate: true };
  return (endingOf(terms, one).dueAt ?? Infinity) < (endingOf(terms, count).dueAt ?? Infinity) ? one : count;
}

function countBy(terms: Terms, amount: number): Count {
  const { start, limit, calendar, holds = [] } = terms;
  const { unit } = limit;
  const rule = terms.startRule ?? (unit === 'workingHours' ? 'minuteExact' : 'nextWorkingDay');
  const immediate = amount === 0 && unit !== 'workingHours';
  const inDays = unit !== 'workingHours' && (immediate || rule !== 'minuteExact');
  const today = dayOf(start, calendar.utcOffsetMs);
  const gapsOf = (some: NonNullable<Terms['holds']>, since = start): Gap[] =>
    inDays ? heldDays(calendar, some, since) : heldMoments(some, since);
  const common = { rule, inDays, gapsOf, gaps: gapsOf(holds), immediate };
  if (inDays) {
    const counts = (immediate || rule === 'sameDay') && start < closeOfOffice(calendar, today);
    const counter = unit === 'workingDays' ? workingDays(calendar) : plain;
    return { ...common, counter, origin: counts ? today - 1 : today, amount: immediate ? 1 : amount, perUnit: 1 };
  }
  const { counter, perUnit } = exactly(unit, calendar);
  const later = unit === 'workingHours' && rule === 'nextWorkingDay';
  return {
    ...common,
    counter,
    origin: later ? startOfDay(today + 1, calendar.utcOffsetMs) : start,
    amount: Math.round(amount * perUnit),
    perUnit,
  };
}

/** From when on a limit is counted to the moment; null: it is counted in days. */
export function exactFrom(terms: Terms): number | null {
  const { inDays, origin } = countOf(terms);
  return inDays ? null : origin;
}

export function endingOf(terms: Terms, count: Count): Ending {
  const { counter, gaps, origin, amount, inDays } = count;
  const { calendar } = terms;
  const { end: last, runs } = walk(counter, gaps, origin, amount);
  const lastDay = last === null ? null : inDays ? last : dayOf(last - 1, calendar.utcOffsetMs);
  const { dueDay, dueAt } = dueOf(terms, count, last, lastDay);
  const movedTo = dueDay !== null && (dueDay !== lastDay || (!inDays && dueAt !== last)) ? dueDay : null;
  const whole = dueAt === null ? amount : used(counter, gaps, origin, inDays ? dueDay! : dueAt);
  return { runs, last, movedTo, dueAt, whole, yellowAt: yellowOf(terms, count, whole, dueAt) };
}

function dueOf(terms: Terms, { inDays }: Count, last: number | null, lastDay: Day | null): Due {
  const { calendar, limit } = terms;
  if (last === null || lastDay === null) return { dueDay: null, dueAt: null };
  if (limit.unit !== 'calendarDays')
    return { dueDay: lastDay, dueAt: inDays ? closeOfOffice(calendar, lastDay) : last };
  if (inDays) {
    const dueDay = workingDayOf(terms, lastDay);
    return { dueDay, dueAt: dueDay === null ? null : closeOfOffice(calendar, dueDay) };
  }
  // An end on a day of rest waits for the close of the next working day. So does one before that moment: else the longer
  // limit would end earlier.
  let rest = lastDay;
  while (firstWorkingDay(calendar, rest) === rest) rest -= 1;
  const moved = workingDayOf(terms, rest);
  if (moved === null) return { dueDay: null, dueAt: null };
  const close = closeOfOffice(calendar, moved);
  return close > last ? { dueDay: moved, dueAt: close } : { dueDay: lastDay, dueAt: last };
}

/** The day itself or the next one that is neither a day of rest nor held; null where a hold has no end. */
function workingDayOf({ calendar, holds = [], start }: Terms, day: Day): Day | null {
  let due = firstWorkingDay(calendar, day);
  // a day that counts stays what it is, also where minutes of it were held
  if (due === day) return due;
  for (const gap of heldDays(calendar, holds, start)) {
    if (gap.to < due || gap.from >= due) continue;
    if (gap.to === Infinity) return null;
    due = firstWorkingDay(calendar, gap.to + 1);
  }
  return due;
}

function yellowOf(terms: Terms, count: Count, whole: number, dueAt: number | null): number | null {
  const { counter, gaps, origin, perUnit, inDays, immediate, amount } = count;
  const { calendar, start, holds = [] } = terms;
  if (terms.warning === 'none') return null;
  if (immediate) {
    const { end } = walk(officeTime(calendar), heldMoments(holds, start), start, SAME_DAY_WARNING);
    return end === null || dueAt === null ? end : Math.min(dueAt, end);
  }
  const green = Math.round(whole - warningOf(terms, amount / perUnit) * perUnit);
  if (inDays && green <= 0) return startOfDay(dayOf(start, calendar.utcOffsetMs), calendar.utcOffsetMs);
  const { end } = walk(counter, gaps, origin, Math.max(0, green));
  return end === null || !inDays ? end : startOfDay(end, calendar.utcOffsetMs);
}

/** In units of the limit, whole days of days. A share warns of one unit at least. */
function warningOf({ warning = USUAL_WARNING, limit }: Terms, amount: number): number {
  if (typeof warning === 'object' && 'units' in warning) return warning.units;
  const units = amount * (warning === 'none' ? 0 : warning.share);
  return Math.max(1, limit.unit === 'workingHours' ? units : Math.floor(units + 1e-9));
}
