import type { Limits, Node, ProcessGraph } from '../model/graph.ts';
import type { CaseRow, DatedRow } from '../store/ports.ts';
import {
  PHASE_LAW,
  begunAnew,
  dueDate,
  lastsBeyond,
  openSupplement,
  phaseSpan,
  statutoryTerms,
  supplementHolds,
  type Phase,
  type Terms,
  type WorkCalendar,
} from '../time/index.ts';
import { dateNotesOf } from './date-notes.ts';

/** What the two due dates are counted from: the same start, rule, holds and extensions, each with its own limit. */
export interface DueTerms {
  readonly promise?: Terms;
  readonly statutory?: Terms;
}

/** The clock of a case that runs now; null where none does any more. Handling, where the model names no milestones. */
export function phaseOf({ clock }: Pick<CaseRow, 'clock'>): Phase | null {
  return clock?.phases ? clock.phases.now : 'handling';
}

/** A clock of a case beside that of its handling. */
export type OtherPhase = Exclude<Phase, 'handling'>;

/** The clock of a case that runs now, where it is not that of its handling. */
export function otherPhase(row: Pick<CaseRow, 'clock'>): OtherPhase | undefined {
  const phase = phaseOf(row);
  return phase === null || phase === 'handling' ? undefined : phase;
}

/** The same as events, orders and public reasons tell it: that a date of the whole case is that of its review, or its delivery. */
export function ofOtherPhase(row: Pick<CaseRow, 'clock'>): { of?: OtherPhase } {
  const of = otherPhase(row);
  return of ? { of } : {};
}

/**
 * What the due dates of cases and tasks are counted from: the one place that says so, for the rows and for whoever asks why
 * a date is that one. `phase`: of the clock that runs now when absent. Empty where nothing limits it, or not yet.
 * `time.extension_of_other_unit`
 */
export function caseTerms(
  row: Pick<CaseRow, 'startedAt' | 'clock'>,
  graph: Limits & Pick<ProcessGraph, 'phases'>,
  calendar: WorkCalendar,
  phase: Phase | null = phaseOf(row),
): DueTerms {
  const { startedAt, clock } = row;
  if (phase === null) return {};
  if (!clock?.phases) {
    if (phase !== 'handling') return {};
    return dueTerms(graph, {
      start: startedAt,
      calendar,
      ...(clock && { holds: clock.holds, extensions: clock.extensions }),
    });
  }
  const span = phaseSpan(phase, clock.phases, clock);
  if (!span) return {};
  // holds are of the handling; those of the caller stop every clock of a called case
  const along = phase === 'handling' ? [] : clock.holds.filter(({ ofCaller }) => ofCaller);
  const holds = along.length > 0 && { holds: [...(span.holds ?? []), ...along] };
  return dueTerms(limitsOf(phase, graph), { ...span, ...holds, calendar });
}

/**
 * Of acceptance and delivery the model's limit is the promise, and the law's is statutory, unless the model has one that is
 * longer: then it has a basis (lint). A case that was taken to a version without milestones goes on by the law's.
 */
function limitsOf(phase: Phase, graph: Limits & Pick<ProcessGraph, 'phases'>): Limits {
  if (phase === 'handling') return graph;
  const law = PHASE_LAW[phase];
  const stated = graph.phases?.[phase] ?? { limit: law };
  return { ...stated, statutory: stated.limit.value > law.value ? stated.limit : law };
}

/** `since`: when the task arrived. While the case is held its tasks are too; an extension is the case's alone. */
export function taskTerms(
  { node, since }: { node: string; since: number },
  graph: Pick<ProcessGraph, 'nodes'>,
  calendar: WorkCalendar,
  clock?: CaseRow['clock'],
): DueTerms {
  return dueTerms(graph.nodes[node], { ...spanSince(since, node, graph, clock), calendar });
}

/**
 * What work at an element counts from, and what of it does not, where it began at `since`. When the applicant has
 * supplemented, the work on what was handed in begins anew; where they supplement it runs in their time.
 */
export function spanSince(
  since: number,
  node: string,
  graph: Pick<ProcessGraph, 'nodes'>,
  clock: CaseRow['clock'],
): Pick<Terms, 'start' | 'anew' | 'holds'> {
  const { phases } = clock ?? {};
  if (!phases || phases.supplements.length === 0 || asksApplicant(graph, node))
    return { start: since, ...holdsSince(clock, since) };
  const begun = begunAnew(phases, since);
  const { start } = begun;
  const supplements = supplementHolds(phases, 0).filter(lastsBeyond(start));
  const holds = [...(holdsSince(clock, start).holds ?? []), ...supplements];
  return { ...begun, ...(holds.length > 0 && { holds }) };
}

/** Found once for each graph: every task and timer of a case asks, and a graph may have thousands of nodes. */
const asking = new WeakMap<ProcessGraph['nodes'], ReadonlySet<string>>();

/** The task in which the applicant supplements, and the sub-processes around it. */
export function asksApplicant({ nodes }: Pick<ProcessGraph, 'nodes'>, id: string): boolean {
  let known = asking.get(nodes);
  if (!known) asking.set(nodes, (known = askingIn(nodes)));
  return known.has(id);
}

function askingIn(nodes: ProcessGraph['nodes']): Set<string> {
  const found = new Set<string>();
  for (const node of Object.values(nodes).filter(({ supplement }) => supplement))
    for (let at: Node | undefined = node; at; at = nodes[at.scope]) found.add(at.id);
  return found;
}

/** What of a case's holds matters to a count that began then. */
function holdsSince(clock: CaseRow['clock'], since: number): Pick<Terms, 'holds'> {
  const holds = clock?.holds.filter(lastsBeyond(since)) ?? [];
  return holds.length > 0 ? { holds } : {};
}

function dueTerms(limits: Limits | undefined, counted: Omit<Terms, 'limit'>): DueTerms {
  const { limit, statutory, startRule, warning } = limits ?? {};
  const stated = { ...counted, ...(startRule && { startRule }), ...(warning && { warning }) };
  const promise = limit && { ...stated, limit };
  const law = statutory && (promise ? statutoryTerms(promise, statutory) : { ...stated, limit: statutory });
  return { ...(promise && { promise }), ...(law && { statutory: law }) };
}

export type DueDates = Omit<DatedRow, 'held'> & Pick<CaseRow, 'calendarVersion'>;

/** The dates that rows keep. Yellow warns of the promise, without one of the statutory limit. All null without limits. */
export function dueDatesOf({ promise, statutory }: DueTerms): DueDates {
  const [due, law] = [promise && dueDate(promise), statutory && dueDate(statutory)];
  const first = due ?? law;
  const notes = dateNotesOf(promise ?? statutory, { due, law });
  return {
    dueAt: due?.dueAt ?? null,
    yellowAt: first?.yellowAt ?? null,
    statutoryAt: law?.dueAt ?? null,
    provisional: (due?.provisional ?? false) || (law?.provisional ?? false),
    calendarVersion: first?.calendarVersion ?? null,
    ...(notes && { dateNotes: notes }),
  };
}

/** The dates of one clock of a case: as they stood at its end where that was kept, and then certain, else counted now. */
export function datesOfPhase(row: CaseRow, graph: ProcessGraph, calendar: WorkCalendar, phase: Phase | null): DueDates {
  const ended = phase === null ? undefined : row.clock?.phases?.ended?.[phase];
  return ended ? { ...ended, provisional: false } : dueDatesOf(caseTerms(row, graph, calendar, phase));
}

/**
 * The last moment at which a case may be extended: art. 42 prolongs a limit that runs, and does not revive one that has passed.
 * Of the statutory limit, without one of the promise; null while it is held, and without a limit.
 */
export function extendableUntil(row: CaseRow, graph: ProcessGraph, calendar: WorkCalendar): number | null {
  const { promise, statutory } = caseTerms(row, graph, calendar, 'handling');
  const terms = statutory ?? promise;
  return terms ? dueDate(terms).dueAt : null;
}

/** Its clock stands still now: for a hold, or because the applicant has to supplement something. */
export function isHeld({ clock }: Pick<CaseRow, 'clock'>): boolean {
  if (!clock) return false;
  return clock.holds.some(({ to }) => to === null) || (clock.phases ? !!openSupplement(clock.phases) : false);
}
