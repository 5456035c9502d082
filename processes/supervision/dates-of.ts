import { caseTerms, dueDatesOf, taskTerms } from '../../engine/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { PHASES, type WorkCalendar } from '../../engine/time/index.ts';

/**
 * When the limits of a case end (token ''), or those of one of its open tasks: promise and statutory, of the case in each of
 * its phases that has begun. Of a clock that stands still only what had passed before.
 */
export function datesOf(row: CaseRow, graph: ProcessGraph, calendar: WorkCalendar, token: string): number[] {
  const open = row.state.tokens[token];
  const terms =
    token === ''
      ? PHASES.map((phase) => caseTerms(row, graph, calendar, phase))
      : open
        ? [taskTerms(open, graph, calendar, row.clock)]
        : [];
  const dates = terms.map(dueDatesOf).flatMap(({ dueAt, statutoryAt }) => [dueAt, statutoryAt, open?.task?.dueAt]);
  return dates.filter((date) => typeof date === 'number');
}
