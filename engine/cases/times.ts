import type { Times } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import { besideDueDate, dueDate, type Terms, type WorkCalendar } from '../time/index.ts';
import { caseTerms, spanSince, taskTerms } from './due-terms.ts';

/** When the timers of a case are due that count as limits do: as its clocks stand, by this version and this calendar. */
export function timesOf(row: Pick<CaseRow, 'startedAt' | 'clock'>, graph: ProcessGraph, calendar: WorkCalendar): Times {
  return ({ value, unit, from, anchor }, at) => {
    if (!anchor)
      return dueDate({ ...spanSince(from!, at.node, graph, row.clock), limit: { value, unit }, calendar }).dueAt;
    const both =
      anchor.of === 'case' ? caseTerms(row, graph, calendar, 'handling') : taskTerms(at, graph, calendar, row.clock);
    const terms = both[anchor.limit];
    // the limits are those of handling: before acceptance their dates are not known
    if (!terms)
      return anchor.of === 'case' && (anchor.limit === 'statutory' ? graph.statutory : graph.limit) ? null : undefined;
    if (anchor.of === 'case' && isKept(terms, row) && !waitsInFlow(graph, at.node)) return null;
    return besideDueDate(terms, { value: anchor.side === 'before' ? -value : value, unit });
  };
}

/** The case was decided before this limit of the handling ended: its date is no more to come. */
function isKept(terms: Terms, { clock }: Pick<CaseRow, 'clock'>): boolean {
  const decidedAt = clock?.phases?.decidedAt;
  if (decidedAt === undefined) return false;
  const { dueAt } = dueDate(terms);
  return dueAt === null || decidedAt <= dueAt;
}

/** The case goes on by that timer, and without it would not. */
function waitsInFlow({ nodes }: ProcessGraph, id: string): boolean {
  const kind = nodes[id]?.kind;
  return kind === 'intermediateCatchEvent' || kind === 'eventBasedGateway';
}
