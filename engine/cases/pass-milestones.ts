import type { CaseState, Effect } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Milestone, ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CasePhases, CaseRow } from '../store/ports.ts';
import {
  ACCEPTANCE_LIMIT,
  openSupplement,
  reach,
  reviewedFrom,
  type Passed,
  type WorkCalendar,
} from '../time/index.ts';
import type { Decision } from './build-commit.ts';
import { carriedPast } from './carried-past.ts';
import type { NewEvent } from './history.ts';
import { recount } from './recount.ts';
import type { StoredTasks } from './stored-tasks.ts';
import { followSupplement, settleSupplement, supplementTokens, type NewPhases } from './supplement-tasks.ts';

const MILESTONE_EVENTS = {
  accepted: 'case.accepted',
  notAccepted: 'case.not_accepted',
  decided: 'case.decided',
  delivered: 'case.delivered',
} as const;

/**
 * A step may have taken the case past a milestone of its model, a change by hand too, or into or out of a task in which the applicant
 * supplements: the clocks of the case follow, in the same write. A case without phases stays as it is.
 */
export function passMilestones(row: CaseRow, graph: ProcessGraph, decision: Decision, by: Counting): Decision {
  const followed = phasesAfter(row, graph, decision, by.now);
  return followed ? withPhases(row, graph, { ...decision, events: followed.events }, followed.phases, by) : decision;
}

/** The phases that a step leads to, and its events with what it did to them; undefined where it leaves them as they are. */
export function phasesAfter(
  { clock, state: before }: CaseRow,
  graph: ProcessGraph,
  { change, state, events }: Decision,
  now: number,
): NewPhases | undefined {
  // who changes the clock itself, or the version, has counted that in
  if (!clock?.phases || change) return undefined;
  const isByHand = events.some(({ type }) => type === 'case.modified');
  const carried = isByHand ? carriedPast({ graph, state: before }, { graph, state }) : undefined;
  const followed = followStep(clock.phases, { graph, before, state, events, carried }, now);
  return followed.phases === clock.phases && followed.events.length === events.length ? undefined : followed;
}

/** `tasks`: as they stand, where they were counted with another calendar. */
interface Counting {
  readonly calendar: WorkCalendar;
  readonly now: number;
  readonly tasks?: StoredTasks | undefined;
}

/** The decision with other phases: the due dates are counted again, and the last event tells which moved. */
export function withPhases(
  row: CaseRow,
  graph: ProcessGraph,
  decision: Decision,
  phases: CasePhases,
  { calendar, now, tasks }: Counting,
): Decision {
  const before = row.clock!;
  const clock = clockIn(before, phases);
  const counted = recount(
    { before: { row, graph, tasks }, after: { row: { ...row, clock }, graph, state: decision.state } },
    calendar,
    now,
  );
  const last = decision.events.findLastIndex(({ type }) => CLOCK_EVENTS.has(type));
  const decided = new Set((decision.tasks ?? []).map(({ id }) => id));
  const lapsed = new Set(counted.lapsed);
  return {
    ...decision,
    state: counted.state,
    events: [
      ...decision.events.map((event, index) =>
        index === last ? { ...event, data: { ...event.data, dueDates: counted.dueDates } } : event,
      ),
      ...counted.events,
    ],
    effects: movedOn(decision.effects, counted.effects),
    tasks: [...(decision.tasks ?? []), ...counted.tasks.filter(({ id }) => !decided.has(id))],
    deadlines: [...(decision.deadlines ?? []).filter(({ id }) => !lapsed.has(id)), ...counted.deadlines],
    change: { row: counted.row, lapsed: counted.lapsed },
  };
}

/** A timer that the step armed by the clock before is armed once, where it is due now. */
export function movedOn(step: readonly Effect[], moved: readonly Effect[]): Effect[] {
  const gone = new Set(moved.flatMap((effect) => (effect.type === 'disarm-timer' ? [keyOf(effect)] : [])));
  return [...step.filter((effect) => effect.type !== 'arm-timer' || !gone.has(keyOf(effect))), ...moved];
}

function keyOf({ token, event, dueAt }: Effect & { type: 'arm-timer' | 'disarm-timer' }): string {
  return JSON.stringify([token, event, dueAt]);
}

const CLOCK_EVENTS: ReadonlySet<string> = new Set([
  ...Object.values(MILESTONE_EVENTS),
  'supplement.noticed',
  'supplement.answered',
  'supplement.ended',
]);

/** The clock as it is in other phases. */
export function clockIn(clock: CaseClock, phases: CasePhases): CaseClock {
  return { ...clock, holds: heldUntil(clock, phases), phases };
}

/** A decision ends what still held the handling of the case; what holds its caller goes on. */
function heldUntil({ holds }: CaseClock, { decidedAt }: CasePhases): CaseClock['holds'] {
  if (decidedAt === undefined) return holds;
  return holds.map((hold) =>
    hold.to === null && !hold.ofCaller ? { ...hold, to: Math.max(decidedAt, hold.from + 1) } : hold,
  );
}

/** A step of a case: from where it stood, by what happened, to where it stands. */
interface Step {
  readonly graph: ProcessGraph;
  readonly before: CaseState;
  readonly state: CaseState;
  readonly events: readonly NewEvent[];
  /** The milestone past which the case was taken without an event of its own. */
  readonly carried: Milestone | undefined;
}

/** The phases after a step; its events, each with what it did to them behind it. */
export function followStep(before: CasePhases, step: Step, now: number): NewPhases {
  const { graph } = step;
  const waiting = supplementTokens(step.state, graph);
  const isLast = !waiting.some(({ id }) => step.before.tokens[id]);
  let phases = before;
  const told: NewEvent[] = [];
  const take = (next: NewPhases) => {
    phases = next.phases;
    told.push(...next.events);
  };
  for (const event of step.events) {
    told.push(event);
    const node = graph.nodes[event.node ?? ''];
    if (!node) continue;
    if (node.supplement) take(followSupplement(phases, event, isLast, now));
    if (event.type !== 'element.completed') continue;
    const flows = (event.data?.flows ?? []) as string[];
    for (const { milestone } of [node, ...flows.map((id) => graph.flows[id]!)]) {
      if (!milestone) continue;
      take(reachMilestone(phases, milestone, { node: event.node! }, now));
    }
  }
  if (step.carried) {
    const noReview = step.carried === 'accepted' && !graph.phases?.acceptance;
    take(reachMilestone(phases, step.carried, { carried: true, ...(noReview && { noReview }) }, now));
  }
  take(settleSupplement(phases, waiting, now));
  return { phases, events: told };
}

type How = { node: string } | { carried: true; noReview?: true };

/** `how`: by the element that was completed, or carried past it; `noReview`: to a version that has none. */
function reachMilestone(before: CasePhases, milestone: Milestone, how: How, now: number): NewPhases {
  const { phases, passed } = reach(before, milestone, now);
  const open = openSupplement(before);
  const unanswered = open !== undefined && open.task === undefined;
  return { phases, events: passed.map((each) => milestoneEvent(phases, each, { how, unanswered })) };
}

/** `unanswered`: a notice to the applicant was, and need not be answered any more; a task of the process waits on. */
function milestoneEvent(
  phases: CasePhases,
  { milestone, late }: Passed,
  { how, unanswered }: { how: How; unanswered: boolean },
): NewEvent {
  const data: JsonObject = {
    ...(milestone === 'accepted' && {
      by: 'decision',
      acceptedAt: phases.acceptedAt!,
      ...(unanswered && { unanswered }),
    }),
    ...(late && { late, acceptedAt: phases.acceptedAt!, acceptedBy: phases.acceptedBy! }),
  };
  const type = MILESTONE_EVENTS[milestone];
  return 'node' in how ? { type, node: how.node, data } : { type, data: { ...data, ...how } };
}

/** What is told when nobody told the applicant anything in time. */
export function silenceEvent(phases: CasePhases): NewEvent {
  const acceptedAt = reviewedFrom(phases);
  return { type: 'case.accepted', data: { by: 'silence', acceptedAt, basis: ACCEPTANCE_LIMIT.basis! } };
}
