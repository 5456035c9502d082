import type { Limit } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { officeTime, plain, used, workingDays, type Counter } from './counter.ts';
import { dayOf, HOUR_MS } from './day.ts';
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

/** What is left in the unit of the limit: days as `remaining` counts them, hours exact; negative when overdue. */
export function remainingIn(unit: Limit['unit'], asked: Asked): number {
  switch (unit) {
    case 'workingDays':
      return daysLeft(workingDays(asked.calendar), asked);
    case 'calendarDays':
      return daysLeft(plain, asked);
    case 'workingHours':
      return officeTimeLeft(asked) / HOUR_MS;
  }
}

function daysLeft(days: Counter, { dueAt, now, calendar, stoodStill = [] }: Asked): number {
  const today = dayOf(now, calendar.utcOffsetMs);
  const dueDay = dayOf(dueAt, calendar.utcOffsetMs);
  return now > dueAt
    ? -Math.max(1, used(days, heldDays(calendar, stoodStill, dueAt), dueDay, today))
    : days.between(today, dueDay);
}

function officeTimeLeft({ dueAt, now, calendar, stoodStill = [] }: Asked): number {
  const clock = officeTime(calendar);
  return now > dueAt ? -used(clock, heldMoments(stoodStill, dueAt), dueAt, now) : clock.between(now, dueAt);
}
