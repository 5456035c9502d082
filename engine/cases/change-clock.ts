import type { Actor, CommandOptions } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Limit, ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import type { Decision } from './build-commit.ts';
import type { CaseDeps } from './deps.ts';
import { phaseOf } from './due-terms.ts';
import { checkedReason } from './reason.ts';
import { recount } from './recount.ts';
import { countedOtherwise } from './stored-tasks.ts';

/** What is done to a clock, and what of it goes on record besides the note and the dates that move. */
export interface ClockChange {
  readonly clock: CaseClock;
  readonly type:
    | 'clock.held'
    | 'clock.hold_ended'
    | 'clock.resumed'
    | 'clock.extended'
    | 'clock.held_along'
    | 'clock.hold_ended_along'
    | 'clock.resumed_along';
  readonly data: JsonObject;
}

/** A case whose clock is changed, and the version that it runs on. */
export interface Handled {
  readonly row: CaseRow;
  readonly graph: ProcessGraph;
}

/**
 * One command on the clock of a case: `change` refuses or says what becomes of it. The due dates of the case and its open
 * tasks are counted again. `case.closed`, `clock.not_in_handling`, `case.reason_missing`, `case.reason_too_long`, and what `change` and the
 * count refuse.
 */
export async function changeClock(
  deps: CaseDeps,
  { caseId, note }: { caseId: string; note: string },
  actor: Actor,
  change: (clock: CaseClock, of: Handled) => ClockChange,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const text = checkedReason(note);
  return act(deps, {
    caseId,
    actor,
    decide: async (row, graph) => {
      refuseStopped(row);
      const { data, ...changed } = change(row.clock ?? { holds: [], extensions: [] }, { row, graph });
      return await decideOnClock(deps, row, graph, { ...changed, data: { ...data, note: text } });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

/** The case goes on as it was, its due dates counted by the new clock; what moved is on record with the event. */
export async function decideOnClock(
  deps: Pick<CaseDeps, 'store' | 'calendar' | 'clock'>,
  row: CaseRow,
  graph: ProcessGraph,
  { clock, type, data }: ClockChange,
): Promise<Decision> {
  const tasks = await countedOtherwise(deps, row, graph);
  const after = { row: { ...row, clock }, graph, state: row.state };
  const counted = recount({ before: { row, graph, tasks }, after }, deps.calendar, deps.clock.now());
  return {
    state: counted.state,
    events: [{ type, data: { ...data, dueDates: counted.dueDates } }, ...counted.events],
    effects: counted.effects,
    tasks: counted.tasks,
    deadlines: counted.deadlines,
    change: { row: counted.row, lapsed: counted.lapsed },
  };
}

/** `case.closed`; `clock.not_in_handling` */
function refuseStopped(row: CaseRow): void {
  const { status } = row;
  if (status !== 'active')
    throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${status}`, { status });
  const phase = phaseOf(row);
  if (phase !== 'handling')
    throw new Rejection(
      'conflict',
      'clock.not_in_handling',
      'Expected a case that is accepted and not decided yet, but it is not',
      { phase },
    );
}

/** What limits the handling: the promise, without one the statutory limit. `clock.no_limit`: there is no clock to stop. */
export function handlingLimit({ limit, statutory }: ProcessGraph): Limit {
  const first = limit ?? statutory;
  if (!first)
    throw new Rejection('conflict', 'clock.no_limit', 'Expected a case with a limit, but its process states none');
  return first;
}

/** A legal basis, where one was given. */
export function basisOf({ basis }: { basis?: string }): { basis?: string } {
  const text = basis?.trim();
  return text ? { basis: text } : {};
}
