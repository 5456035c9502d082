import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import type { Terms, WorkCalendar } from '../time/index.ts';

/**
 * What the due dates of cases and tasks are counted from: the one place that says so, for the rows and for whoever asks why
 * a date is that one. Undefined where the model promises nothing.
 */
export function caseTerms(
  { startedAt, clock }: Pick<CaseRow, 'startedAt' | 'clock'>,
  { limit }: Pick<ProcessGraph, 'limit'>,
  calendar: WorkCalendar,
): Terms | undefined {
  return (
    limit && {
      start: startedAt,
      limit,
      calendar,
      ...(clock && { holds: clock.holds, extensions: clock.extensions }),
    }
  );
}

/** `since`: when the task arrived. While the case is held its tasks are too; an extension is the case's alone. */
export function taskTerms(
  { node, since }: { node: string; since: number },
  { nodes }: Pick<ProcessGraph, 'nodes'>,
  calendar: WorkCalendar,
  clock?: CaseRow['clock'],
): Terms | undefined {
  const limit = nodes[node]?.limit;
  if (!limit) return undefined;
  return { start: since, limit, calendar, ...holdsSince(clock, since) };
}

/** What of a case's holds matters to a count that began then. */
export function holdsSince(clock: CaseRow['clock'], since: number): Pick<Terms, 'holds'> {
  const holds = clock?.holds.filter(({ to }) => to === null || to > since) ?? [];
  return holds.length > 0 ? { holds } : {};
}

/** Its clock stands still now. */
export function isHeld({ clock }: Pick<CaseRow, 'clock'>): boolean {
  return clock?.holds.some(({ to }) => to === null) ?? false;
}
