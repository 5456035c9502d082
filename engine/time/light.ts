import type { WorkCalendar } from './calendar.ts';
import { dayOf } from './day.ts';
import { isProvisional, workingDaysBetween } from './working-days.ts';

export type Light = 'green' | 'yellow' | 'red';

/** Computed whenever it is shown, never stored. Yellow includes its first moment, red begins after the due instant. No due date: green. */
export function lightOf(due: { yellowAt: number | null; dueAt: number | null }, now: number): Light {
  if (due.dueAt === null) return 'green';
  if (now > due.dueAt) return 'red';
  return due.yellowAt !== null && now >= due.yellowAt ? 'yellow' : 'green';
}

/**
 * Working days left, today not counted: 0 on the due day. Overdue: minus the working days that have begun since, at least
 * one (-1 from the moment after close of office on the due day).
 */
export function remaining(input: { dueAt: number; now: number; calendar: WorkCalendar }): {
  workingDays: number;
  provisional: boolean;
} {
  const { dueAt, now, calendar } = input;
  const today = dayOf(now, calendar.utcOffsetMs);
  const dueDay = dayOf(dueAt, calendar.utcOffsetMs);
  const left = workingDaysBetween(calendar, today, dueDay);
  return {
    workingDays: now > dueAt ? Math.min(-1, left) : left,
    provisional: isProvisional(calendar, Math.min(today, dueDay), Math.max(today, dueDay)),
  };
}
