import { datesOfPhase, dueDatesOf, taskTerms, uncertainDates } from '../../engine/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { PHASES, type WorkCalendar } from '../../engine/time/index.ts';

/** When a limit ends, and whether a notice of holidays may still move that. */
interface LimitEnd {
  readonly at: number;
  readonly provisional: boolean;
}

/**
 * When the limits of a case end (token ''), or those of one of its open tasks: promise and statutory, of the case in each of
 * its phases that has begun, as they stood where it has ended. Of a clock that stands still only what had passed before.
 */
export function datesOf(row: CaseRow, graph: ProcessGraph, calendar: WorkCalendar, token: string): LimitEnd[] {
  const open = row.state.tokens[token];
  const ofTask = open ? [dueDatesOf(taskTerms(open, graph, calendar, row.clock))] : [];
  const clocks = token === '' ? PHASES.map((phase) => datesOfPhase(row, graph, calendar, phase)) : ofTask;
  const dates = clocks.flatMap((each) => {
    const provisional = uncertainDates(each);
    return [
      { at: each.dueAt, provisional: provisional.promise },
      { at: each.statutoryAt, provisional: provisional.statutory },
      { at: open?.task?.dueAt ?? null, provisional: false },
    ];
  });
  return dates.filter((date): date is LimitEnd => date.at !== null);
}
