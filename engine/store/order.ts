import { LIGHTS } from '../time/light.ts';
import type { LightCounts, TaskRow } from './ports.ts';

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

/** Beyond it nobody counts what is over and done with. */
export const MOST_COUNTED = 1_000;

export function noLights(): LightCounts {
  return Object.fromEntries(LIGHTS.map((light) => [light, 0])) as LightCounts;
}

export function isUnfinished(task: Pick<TaskRow, 'status'>): boolean {
  return task.status === 'open' || task.status === 'claimed';
}
