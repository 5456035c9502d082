import type { Limits, ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import { dueDate, statutoryTerms, type Terms, type WorkCalendar } from '../time/index.ts';

/** What the two due dates are counted from: the same start, rule, holds and extensions, each with its own limit. */
export interface DueTerms {
  readonly promise?: Terms;
  readonly statutory?: Terms;
}

/**
 * What the due dates of cases and tasks are counted from: the one place that says so, for the rows and for whoever asks why
 * a date is that one. Empty where nothing limits the case. `time.extension_of_other_unit`
 */
export function caseTerms(
  { startedAt, clock }: Pick<CaseRow, 'startedAt' | 'clock'>,
  graph: Limits,
  calendar: WorkCalendar,
): DueTerms {
  const counted = { start: startedAt, calendar, ...(clock && { holds: clock.holds, extensions: clock.extensions }) };
  return dueTerms(graph, counted);
}

/** `since`: when the task arrived. While the case is held its tasks are too; an extension is the case's alone. */
export function taskTerms(
  { node, since }: { node: string; since: number },
  { nodes }: Pick<ProcessGraph, 'nodes'>,
  calendar: WorkCalendar,
  clock?: CaseRow['clock'],
): DueTerms {
  return dueTerms(nodes[node], { start: since, calendar, ...holdsSince(clock, since) });
}

/** What of a case's holds matters to a count that began then. */
export function holdsSince(clock: CaseRow['clock'], since: number): Pick<Terms, 'holds'> {
  const holds = clock?.holds.filter(({ to }) => to === null || to > since) ?? [];
  return holds.length > 0 ? { holds } : {};
}

function dueTerms(limits: Limits | undefined, counted: Omit<Terms, 'limit'>): DueTerms {
  const { limit, statutory, startRule, warning } = limits ?? {};
  const stated = { ...counted, ...(startRule && { startRule }), ...(warning && { warning }) };
  const promise = limit && { ...stated, limit };
  const law = statutory && (promise ? statutoryTerms(promise, statutory) : { ...stated, limit: statutory });
  return { ...(promise && { promise }), ...(law && { statutory: law }) };
}

export type DueDates = Pick<CaseRow, 'dueAt' | 'yellowAt' | 'statutoryAt' | 'provisional' | 'calendarVersion'>;

/** The dates that rows keep. Yellow warns of the promise, without one of the statutory limit. All null without limits. */
export function dueDatesOf({ promise, statutory }: DueTerms): DueDates {
  const [due, law] = [promise && dueDate(promise), statutory && dueDate(statutory)];
  const first = due ?? law;
  return {
    dueAt: due?.dueAt ?? null,
    yellowAt: first?.yellowAt ?? null,
    statutoryAt: law?.dueAt ?? null,
    provisional: (due?.provisional ?? false) || (law?.provisional ?? false),
    calendarVersion: first?.calendarVersion ?? null,
  };
}

/** Its clock stands still now. */
export function isHeld({ clock }: Pick<CaseRow, 'clock'>): boolean {
  return clock?.holds.some(({ to }) => to === null) ?? false;
}
