import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import type { Terms, WorkCalendar } from '../time/index.ts';

/**
 * What the due dates of cases and tasks are counted from: the one place that says so, for the rows and for whoever asks why
 * a date is that one. Undefined where the model promises nothing.
 */
export function caseTerms(
  { startedAt }: Pick<CaseRow, 'startedAt'>,
  { limit }: Pick<ProcessGraph, 'limit'>,
  calendar: WorkCalendar,
): Terms | undefined {
  return limit && { start: startedAt, limit, calendar };
}

/** `since`: when the task arrived. */
export function taskTerms(
  { node, since }: { node: string; since: number },
  { nodes }: Pick<ProcessGraph, 'nodes'>,
  calendar: WorkCalendar,
): Terms | undefined {
  const limit = nodes[node]?.limit;
  return limit && { start: since, limit, calendar };
}
