import { eventOfKey } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Supplement } from '../store/ports.ts';
import { supplementDue, type Dates, type WorkCalendar } from '../time/index.ts';

/**
 * Until when the applicant has time to supplement: by the notice; where the process asks by a task of its own, by the
 * timer that ends the task. Undefined where nothing ends it, and once the task is over.
 */
export function supplementUntil(
  { state }: Pick<CaseRow, 'state'>,
  { nodes }: Pick<ProcessGraph, 'nodes'>,
  supplement: Supplement,
  calendar: WorkCalendar,
): (Dates & { dueAt: number; provisional: boolean }) | undefined {
  const due = supplementDue(supplement, calendar);
  if (due) return due;
  const { armed = {} } = state.tokens[supplement.task ?? ''] ?? {};
  const ends = Object.entries(armed).flatMap(([key, event]) => {
    if (event.type !== 'timer' || event.done || event.dueAt === null) return [];
    return nodes[eventOfKey(key)]?.interrupting === false ? [] : [event.dueAt];
  });
  return ends.length > 0 ? { dueAt: Math.min(...ends), yellowAt: null, provisional: false } : undefined;
}
