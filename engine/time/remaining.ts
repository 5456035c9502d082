import type { WorkCalendar } from './calendar.ts';
import { officeTime, used, workingDays } from './counter.ts';
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
export function remaining({ dueAt, now, calendar, stoodStill = [] }: Asked): {
  workingDays: number;
  provisional: boolean;
} {
  const today = dayOf(now, calendar.utcOffsetMs);
  const dueDay = dayOf(dueAt, calendar.utcOffsetMs);
  const days = workingDays(calendar);
  return {
    workingDays:
      now > dueAt
        ? -Math.max(1, used(days, heldDays(calendar, stoodStill, dueAt), dueDay, today))
        : days.between(today, dueDay),
    provisional: isProvisional(calendar, Math.min(today, dueDay), Math.max(today, dueDay)),
  };
}

/** Office time left, ms; overdue: minus what has passed since. */
export function remainingOfficeTime({ dueAt, now, calendar, stoodStill = [] }: Asked): number {
  const clock = officeTime(calendar);
  return now > dueAt ? -used(clock, heldMoments(stoodStill, dueAt), dueAt, now) : clock.between(now, dueAt);
}
