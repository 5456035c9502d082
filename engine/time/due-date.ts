import { Rejection } from '../kernel/rejection.ts';
import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { dayOf, HOUR_MS, startOfDay, type Day } from './day.ts';
import { addWorkingDays, firstWorkingDay, isProvisional, subtractWorkingDays } from './working-days.ts';
import { addWorkingTime } from './working-hours.ts';

/** Instants in ms since the epoch. */
export interface DueDate {
  readonly dueAt: number;
  /** From here to dueAt the light is yellow. May lie before the start where the limit is as short as the warning. */
  readonly yellowAt: number;
  /** The span leaves the calendar's coverage: compute again when the year's notice is loaded. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
}

export const LONGEST_LIMIT = 100_000;

/**
 * When a promise ends and when it begins to warn. A pure function of start, limit and calendar.
 *
 * - `workingDays`: the day of the start is not counted (民法典 art. 201), statutory holidays are not either (行政许可法
 *   art. 82). Due at close of office on the last day: a period ends at 24:00, but where there are business hours it ends
 *   when business does (民法典 art. 203). A limit of 0 is the same day (即办件), or the next working day when the office has
 *   closed.
 * - `calendarDays`: the day of the start is not counted; a last day that is a holiday moves to the next working day
 *   (民法典 art. 203).
 * - `workingHours`: time inside office hours only, exact to the millisecond.
 *
 * Yellow starts when 30 % of the limit, at least 1 unit, is left: at 00:00 of that day, or at that moment for hours.
 * Same-day work warns after 2 hours. `time.bad_limit` where the value is negative, not whole for days, or above 100,000.
 */
export function dueDate(input: { start: number; limit: Limit; calendar: WorkCalendar }): DueDate {
  const { start, limit, calendar } = input;
  refuseBadLimit(limit);
  const startDay = dayOf(start, calendar.utcOffsetMs);
  const { dueAt, yellowAt } =
    limit.unit === 'workingHours'
      ? hoursLimit(start, limit.value, calendar)
      : limit.value === 0
        ? sameDay(start, startDay, calendar)
        : daysLimit(startDay, limit, calendar);
  return {
    dueAt,
    yellowAt,
    provisional: isProvisional(calendar, startDay, dayOf(dueAt, calendar.utcOffsetMs)),
    calendarVersion: calendar.version,
  };
}

type Span = { dueAt: number; yellowAt: number };

function daysLimit(startDay: Day, limit: Limit, calendar: WorkCalendar): Span {
  const warning = Math.max(1, Math.floor((limit.value * 3) / 10));
  const dueDay =
    limit.unit === 'workingDays'
      ? addWorkingDays(calendar, startDay, limit.value)
      : firstWorkingDay(calendar, startDay + limit.value);
  const yellowDay = limit.unit === 'workingDays' ? subtractWorkingDays(calendar, dueDay, warning) : dueDay - warning;
  return { dueAt: closeOfOffice(dueDay, calendar), yellowAt: startOfDay(yellowDay, calendar.utcOffsetMs) };
}

function sameDay(start: number, startDay: Day, calendar: WorkCalendar): Span {
  const today = firstWorkingDay(calendar, startDay);
  const open = start < closeOfOffice(today, calendar);
  const dueAt = closeOfOffice(open ? today : addWorkingDays(calendar, today, 1), calendar);
  return { dueAt, yellowAt: Math.min(dueAt, addWorkingTime(calendar, start, 2 * HOUR_MS)) };
}

function hoursLimit(start: number, hours: number, calendar: WorkCalendar): Span {
  const green = Math.max(0, hours - Math.max(1, 0.3 * hours));
  return {
    dueAt: addWorkingTime(calendar, start, Math.round(hours * HOUR_MS)),
    yellowAt: addWorkingTime(calendar, start, Math.round(green * HOUR_MS)),
  };
}

function closeOfOffice(day: Day, calendar: WorkCalendar): number {
  return startOfDay(day, calendar.utcOffsetMs) + calendar.officeHours.at(-1)!.closesAt;
}

function refuseBadLimit({ value, unit }: Limit): void {
  const whole = unit === 'workingHours' || Number.isInteger(value);
  if (Number.isFinite(value) && value >= 0 && value <= LONGEST_LIMIT && whole) return;
  throw new Rejection(
    'invalid',
    'time.bad_limit',
    `Expected a limit of 0 to ${LONGEST_LIMIT} ${unit}, but got ${value}`,
    {
      value: String(value),
      unit,
    },
  );
}
