import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { exactly, plain, used, workingDays, type Counter } from './counter.ts';
import { dayOf } from './day.ts';
import { heldDays, heldMoments } from './held.ts';
import type { Hold } from './terms.ts';
import { isProvisional } from './working-days.ts';

interface Asked {
  readonly dueAt: number;
  readonly now: number;
  readonly calendar: WorkCalendar;
  /** When the clock stood still after the due date: what is overdue then stands still too. */
  readonly stoodStill?: readonly Pick<Hold, 'from' | 'to'>[];
}

/**
 * Working days left, today not counted: 0 on the due day. Overdue: minus the working days that have begun since, at least
 * one (-1 from the moment after close of office on the due day).
 */
export function remaining(asked: Asked): { workingDays: number; provisional: boolean } {
  const { dueAt, now, calendar } = asked;
  const days = [dueAt, now].map((at) => dayOf(at, calendar.utcOffsetMs));
  return {
    workingDays: daysLeft(workingDays(calendar), asked),
    provisional: isProvisional(calendar, Math.min(...days), Math.max(...days)),
  };
}

/**
 * What is left in the unit of the limit: days as `remaining` counts them, hours exact, and days too where they are counted to
 * the moment, from `exactFrom` on. Negative when overdue.
 */
export function remainingIn(unit: Limit['unit'], { exactFrom, ...asked }: Asked & { exactFrom?: number }): number {
  if (unit !== 'workingHours' && exactFrom === undefined)
    return daysLeft(unit === 'workingDays' ? workingDays(asked.calendar) : plain, asked);
  const { dueAt, now, calendar, stoodStill = [] } = asked;
  const { counter, perUnit } = exactly(unit, calendar);
  const left =
    now > dueAt
      ? -used(counter, heldMoments(stoodStill, dueAt), dueAt, now)
      : counter.between(Math.max(now, exactFrom ?? now), dueAt);
  return left / perUnit;
}

function daysLeft(days: Counter, { dueAt, now, calendar, stoodStill = [] }: Asked): number {
  const today = dayOf(now, calendar.utcOffsetMs);
  const dueDay = dayOf(dueAt, calendar.utcOffsetMs);
  return now > dueAt
    ? -Math.max(1, used(days, heldDays(calendar, stoodStill, dueAt), dueDay, today))
    : days.between(today, dueDay);
}
