import { answeredInChance, doneInChance } from '../../engine/index.ts';
import type { BranchStep } from '../../engine/model/branches.ts';
import type { Limit, ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import {
  lightOf,
  usedTime,
  worstOf,
  type Light,
  type Span,
  type StartRule,
  type Terms,
  type UsedTime,
} from '../../engine/time/index.ts';
import { branchClock, heldDuring, isOpen, type CaseGiven } from './branch-clock.ts';
import { isLate, type BranchDue, type TaskSpan } from './branch-due.ts';
import { partiesOf, type Participant, type Party } from './branch-parties.ts';

/** What one party of a case used of the time. */
export interface Branch {
  readonly party: Party;
  /** ahead: it has not had the case yet. */
  readonly status: 'ahead' | 'open' | 'ended';
  /** What its tasks promise together; absent: nothing. */
  readonly limit?: Limit;
  /** What of them its limit is the sum of. */
  readonly steps: readonly BranchStep[];
  /** What its own clock is counted from, its tasks that promise something; absent: it has had none yet. */
  readonly terms?: Terms;
  /** The step whose date it has; absent: it has that of its own clock. */
  readonly decisive?: TaskRow;
  /** While its steps with a promise go on; once they have ended, when it would have been due. */
  readonly due: BranchDue;
  /** The moment at which its clock is looked at: now, or when it ended. */
  readonly at: number;
  /** By all its tasks. As its limit is counted, without one as that of the case. */
  readonly used: UsedTime;
  /** What of `used` went to tasks that promise nothing, so that its limit does not cover it; absent: it has none. */
  readonly unpromised?: number;
  readonly unit: Limit['unit'];
  /** While its clock goes on: of that, or of a step under way where it is worse. grey: held. */
  readonly light: Light | null;
  /** Whether its limit was kept, once its clock has ended. */
  readonly kept: boolean | null;
  /** Of the office time that all parties used; those side by side count each. */
  readonly share: number;
  readonly tasks: readonly TaskRow[];
  /** Where it did so in a case that this one called. */
  readonly calledCase?: Pick<CaseRow, 'id' | 'number'>;
}

/** The case as a whole, and its parties. */
export interface Branches {
  readonly used: UsedTime;
  readonly unit: Limit['unit'];
  /** With its extension; absent: the case has none. */
  readonly limit?: number;
  readonly parties: readonly Branch[];
}

/** How time is counted that no limit is given. */
const USUAL: Limit = { value: 1, unit: 'workingDays' };

interface Given extends CaseGiven {
  readonly tasks: readonly TaskRow[];
  readonly now: number;
}

/**
 * How much of the time each party of a case used, and how its own clock stands (行政许可法 art. 26, 42): a pure function of
 * the case, its tasks and the calendar. Tasks of one party that overlap count once; what is held does not count, nor does,
 * of departments, the applicant's time to supplement. What called cases do is theirs: `withCalled`.
 */
export function branchesOfCase(given: Given): Branches {
  const { row, tasks, graph, left, calendar, now } = given;
  const at = Math.min(now, row.endedAt ?? now);
  const { startRule, limit: promise } = graph;
  const stated = promise ?? graph.statutory ?? USUAL;
  const extended = (row.clock?.extensions ?? []).reduce((sum, { value }) => sum + value, 0);
  const limit = { ...stated, value: stated.value + extended };
  return {
    used: usedTime(handlingOf(row), { limit, startRule }, { calendar, holds: row.clock?.holds ?? [], now: at }),
    unit: limit.unit,
    ...(promise && { limit: limit.value }),
    parties: shared(
      partiesOf(row, tasks, graph, left).map((party) => branchOf(given, party, { at, limit, startRule })),
    ),
  };
}

/**
 * The same with the parties of the cases that this one called, each as it stands in its own case: that a model hands work to
 * another process gives the applicant no second limit, so it is time of this case that they use.
 */
export function withCalled(own: Branches, called: readonly Given[]): Branches {
  const parties = called.flatMap((given) => {
    const { id, number } = given.row;
    return branchesOfCase(given).parties.map((branch) => ({ ...branch, calledCase: { id, number } }));
  });
  return parties.length === 0 ? own : { ...own, parties: shared([...own.parties, ...parties]) };
}

function shared(branches: readonly Omit<Branch, 'share'>[]): Branch[] {
  const sum = branches.reduce((total, { used }) => total + used.officeTime, 0);
  return branches.map((branch) => ({ ...branch, share: sum === 0 ? 0 : branch.used.officeTime / sum }));
}

function branchOf(
  given: Given,
  participant: Participant,
  { at, ...ofCase }: { at: number; limit: Limit; startRule: StartRule | undefined },
): Omit<Branch, 'share'> {
  const { row, graph, calendar } = given;
  const { party, tasks, plan: { limit, startRule, steps = [] } = {} } = participant;
  const { spans, holds, promised, goesOn, last, terms, due, decisive } = branchClock(given, participant, at);
  const wasLate = (span: TaskSpan) => isLate(span) && !wasLeftTime(row, span);
  const counted = limit ? { limit, startRule } : ofCase;
  const usedBy = (some: readonly Span[]): UsedTime =>
    usedTime(some, counted, { calendar, holds: heldDuring(some, holds), now: at });
  const held = holds.some(({ from, to }) => from <= at && to === null);
  const underWay = tasks.filter(({ endedAt }) => endedAt === null);
  const used = usedBy(spans);
  return {
    party,
    status: tasks.length === 0 ? 'ahead' : spans.some(isOpen) ? 'open' : 'ended',
    ...(limit && { limit }),
    steps,
    ...(terms && { terms }),
    ...(decisive && { decisive }),
    due: { ...due, provisional: due.provisional && row.endedAt === null },
    at: last,
    used,
    // a hold on the day on which a promised step had ended takes that day only from what goes on
    ...(limit && { unpromised: Math.max(0, used.value - usedBy(promised).value) }),
    unit: counted.limit.unit,
    light: goesOn
      ? worstOf([lightOf({ ...due, held }, at), ...underWay.map((task) => lightOf(task, at))])
      : lightOfLimited(underWay, graph, at),
    kept: terms && !goesOn ? !promised.some(wasLate) || due.dueAt === null || last <= due.dueAt : null,
    tasks,
  };
}

/** It was done within what a recount of its date left at least. */
function wasLeftTime({ clock }: CaseRow, { task, to }: TaskSpan): boolean {
  return doneInChance(clock?.phases, task.dueAt!, to!) || answeredInChance(clock, task.id, to!);
}

/** Of steps that promise nothing, where the law limits one of them. */
function lightOfLimited(underWay: readonly TaskRow[], graph: ProcessGraph, at: number): Light | null {
  const limited = underWay.filter(({ node }) => graph.nodes[node]?.statutory);
  return limited.length > 0 ? worstOf(limited.map((task) => lightOf(task, at))) : null;
}

/** What the limit of the case is about: from acceptance to decision, where its model tells them; nothing before acceptance. */
function handlingOf({ startedAt, endedAt, clock }: CaseRow): Span[] {
  const phases = clock?.phases;
  if (!phases) return [{ from: startedAt, to: endedAt }];
  return phases.acceptedAt === undefined ? [] : [{ from: phases.acceptedAt, to: phases.decidedAt ?? endedAt }];
}
