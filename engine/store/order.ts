import type { CaseRow, TaskRow } from './ports.ts';

/** Null due dates come last: later than any instant a due date can have. */
export const NO_DUE = Number.MAX_SAFE_INTEGER;

/** Plain code-point order, the same in every adapter (no locale, no UTF-16 surprises). */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function byDue(a: { dueAt: number | null; id: string }, b: { dueAt: number | null; id: string }): number {
  return (a.dueAt ?? NO_DUE) - (b.dueAt ?? NO_DUE) || compareText(a.id, b.id);
}

export function newestFirst(a: { startedAt: number; id: string }, b: { startedAt: number; id: string }): number {
  return b.startedAt - a.startedAt || compareText(b.id, a.id);
}

/** red: due has passed; yellow: the warning has come, due has not; green: the rest, also without a due date. */
export function lightOf(row: Pick<CaseRow | TaskRow, 'dueAt' | 'yellowAt'>, now: number): 'green' | 'yellow' | 'red' {
  if (row.dueAt === null) return 'green';
  if (row.dueAt <= now) return 'red';
  return row.yellowAt !== null && row.yellowAt <= now ? 'yellow' : 'green';
}

export function isUnfinished(task: Pick<TaskRow, 'status'>): boolean {
  return task.status === 'open' || task.status === 'claimed';
}
