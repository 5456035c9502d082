import { branchesOf } from '../../engine/model/branches.ts';
import type { Limit, ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import { usedTime, type Span, type UsedTime, type WorkCalendar } from '../../engine/time/index.ts';

/** Who works on a case: a department, its applicant, or somebody of no department. */
export type Party = { readonly department: string } | 'applicant' | 'others';

export type BranchLight = 'green' | 'yellow' | 'red' | 'grey';

/** What one party of a case used of the time. */
export interface Branch {
  readonly party: Party;
  /** ahead: it has not had the case yet. */
  readonly status: 'ahead' | 'open' | 'ended';
  /** What its tasks promise together; absent: nothing. */
  readonly limit?: Pick<Limit, 'value' | 'unit'>;
  /** In the unit of its limit, without one in that of the case. */
  readonly used: UsedTime;
  readonly unit: Limit['unit'];
  /** While it is open and has a limit; grey: held. */
  readonly light: BranchLight | null;
  /** Whether its limit was kept, once it has ended. */
  readonly kept: boolean | null;
  /** Of the office time that all parties used; those side by side count each. */
  readonly share: number;
  readonly tasks: readonly TaskRow[];
}

/** The case as a whole, and its parties. */
export interface Branches {
  readonly used: UsedTime;
  readonly unit: Limit['unit'];
  /** With its extension; absent: the case has none. */
  readonly limit?: number;
  readonly parties: readonly Branch[];
}

interface Given {
  readonly row: CaseRow;
  readonly tasks: readonly TaskRow[];
  readonly graph: ProcessGraph;
  readonly calendar: WorkCalendar;
  readonly now: number;
}

/**
 * How much of the time each party of a case used, and how its own clock stands (行政许可法 art. 26, 42): a pure function of
 * the case, its tasks and the calendar. Tasks of one party that overlap count once, what is held does not count. What called
 * cases do is theirs.
 */
export function branchesOfCase({ row, tasks, graph, calendar, now }: Given): Branches {
  const at = Math.min(now, row.endedAt ?? now);
  const context = { calendar, holds: row.clock?.holds ?? [], now: at };
  const unit = graph.limit?.unit ?? 'workingDays';
  const extended = (row.clock?.extensions ?? []).reduce((sum, { value }) => sum + value, 0);
  const limit = graph.limit && graph.limit.value + extended;
  const held = context.holds.some(({ to }) => to === null);

  const ended = ({ endedAt }: TaskRow) => endedAt ?? row.endedAt;
  const branches = partiesOf(row, tasks, graph).map(({ party, tasks: own, limit: promised }) => {
    const spans = own.map((task) => ({ from: task.createdAt, to: ended(task) }));
    const counted = promised?.unit ?? unit;
    const used = usedTime(spans, { unit: counted, ...(promised && { limit: promised.value }) }, context);
    const open = spans.some(({ to }) => to === null);
    const last = Math.max(...spans.map(({ to }) => to ?? at));
    return {
      party,
      status: own.length === 0 ? ('ahead' as const) : open ? ('open' as const) : ('ended' as const),
      ...(promised && { limit: promised }),
      used,
      unit: counted,
      light: open && promised ? lightOfBranch(used, held, at) : null,
      kept: own.length > 0 && !open && promised ? !(used.dueAt !== null && last > used.dueAt) : null,
      tasks: own,
    };
  });
  const sum = branches.reduce((total, { used }) => total + used.officeTime, 0);
  const whole = usedTime(handlingOf(row), { unit }, context);
  return {
    used: whole,
    unit,
    ...(limit !== undefined && { limit }),
    parties: branches.map((branch) => ({ ...branch, share: sum === 0 ? 0 : branch.used.officeTime / sum })),
  };
}

/** What the limit of the case is about: from acceptance to decision, where its model tells them; nothing before acceptance. */
function handlingOf({ startedAt, endedAt, clock }: CaseRow): Span[] {
  const phases = clock?.phases;
  if (!phases) return [{ from: startedAt, to: endedAt }];
  return phases.acceptedAt === undefined ? [] : [{ from: phases.acceptedAt, to: phases.decidedAt ?? endedAt }];
}

/** A light that has turned red stays red though the clock be held later. */
function lightOfBranch({ dueAt, yellowAt }: UsedTime, held: boolean, now: number): BranchLight {
  if (dueAt !== null && now > dueAt) return 'red';
  if (held) return 'grey';
  return yellowAt !== null && now >= yellowAt ? 'yellow' : 'green';
}

/** In the order in which they came to work; those still ahead in the order of the document. */
function partiesOf(row: CaseRow, tasks: readonly TaskRow[], graph: ProcessGraph) {
  const plans = branchesOf(graph);
  const keyOf = ({ department, assignee }: TaskRow) =>
    department === null
      ? assignee !== null && assignee === row.applicant
        ? 'applicant'
        : 'others'
      : `d:${department}`;
  const byParty = new Map<string, TaskRow[]>();
  for (const task of [...tasks].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))) {
    const key = keyOf(task);
    const own = byParty.get(key);
    if (own) own.push(task);
    else byParty.set(key, [task]);
  }
  const begun = [...byParty].map(([key, own]) => {
    if (key === 'applicant' || key === 'others') return { party: key as Party, tasks: own };
    const department = key.slice(2);
    const limit = plans.find((plan) => plan.department === department)?.limit;
    return { party: { department }, tasks: own, ...(limit && { limit }) };
  });
  const ahead =
    row.status === 'active'
      ? plans
          .filter(({ department }) => !byParty.has(`d:${department}`))
          .map(({ department, limit }) => ({ party: { department }, tasks: [], ...(limit && { limit }) }))
      : [];
  return [...begun, ...ahead] as { party: Party; tasks: TaskRow[]; limit?: Branch['limit'] }[];
}
