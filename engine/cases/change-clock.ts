import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import type { Decision } from './build-commit.ts';
import type { CaseDeps } from './deps.ts';
import { recount } from './recount.ts';

/** The case goes on as it was, its due dates counted by the new clock; what moved is on record with the event. */
export function decideOnClock(
  { calendar, clock: { now } }: Pick<CaseDeps, 'calendar' | 'clock'>,
  row: CaseRow,
  graph: ProcessGraph,
  clock: CaseClock,
  { type, data }: { type: string; data: JsonObject },
): Decision {
  const { state } = row;
  const after = { row: { ...row, clock }, graph, state };
  const counted = recount({ before: { row, graph }, after }, calendar, now());
  return {
    state,
    events: [{ type, data: { ...data, dueDates: counted.dueDates } }],
    effects: [],
    tasks: counted.tasks,
    deadlines: counted.deadlines,
    change: { row: { ...counted.row, clock }, lapsed: counted.lapsed },
  };
}

/** `case.closed`; `clock.no_limit`: nothing is promised, so there is no clock to stop. */
export function refuseStopped({ status }: CaseRow, { limit }: ProcessGraph): void {
  if (status !== 'active')
    throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${status}`, { status });
  if (!limit)
    throw new Rejection('conflict', 'clock.no_limit', 'Expected a case with a limit, but its process states none');
}
