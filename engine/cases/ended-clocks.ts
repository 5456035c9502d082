import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow, EndedClock } from '../store/ports.ts';
import { PHASES, phaseSpan, type Phase, type WorkCalendar } from '../time/index.ts';
import { caseTerms, dueDatesOf, phaseOf, type DueDates } from './due-terms.ts';

/**
 * The clock of a case `after` a commit, with the dates of the clocks that the commit ended as they stood then: no notice of
 * holidays that comes later, and no other version of the process, turns a missed promise into a kept one.
 */
export function keepEnded(
  before: CaseRow,
  after: Pick<CaseRow, 'startedAt' | 'clock'>,
  graph: ProcessGraph,
  calendar: WorkCalendar,
): CaseClock | undefined {
  const { clock } = after;
  const ended = PHASES.filter((phase) => before.clock?.phases && isOver(phase, clock) && !isOver(phase, before.clock));
  if (!clock?.phases || ended.length === 0) return clock;
  const dates = ended.map((phase): [Phase, EndedClock] => {
    const counted = dueDatesOf(caseTerms(after, graph, calendar, phase));
    const stood = phase === phaseOf(before) && !before.held ? asTold(before, counted) : counted;
    return [phase, { ...stood, definitionId: before.definitionId }];
  });
  return { ...clock, phases: { ...clock.phases, ended: { ...clock.phases.ended, ...Object.fromEntries(dates) } } };
}

/** It began and runs no more. */
function isOver(phase: Phase, clock: CaseRow['clock']): boolean {
  if (!clock?.phases || clock.phases.now === phase) return false;
  return phaseSpan(phase, clock.phases, clock) !== undefined;
}

/** The dates of the row, where the calendar in force gives others: the run over the open cases has not come to it. */
function asTold(row: CaseRow, counted: DueDates): DueDates {
  const { dueAt, yellowAt, provisional, calendarVersion, dateNotes } = row;
  // rows of older stores know no statutory date
  const statutoryAt = row.statutoryAt ?? null;
  if (counted.dueAt === dueAt && counted.statutoryAt === statutoryAt) return counted;
  return { dueAt, yellowAt, statutoryAt, provisional, calendarVersion, ...(dateNotes && { dateNotes }) };
}
