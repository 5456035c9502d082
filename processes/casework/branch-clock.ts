import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import {
  dueDate,
  inHand,
  lastsBeyond,
  reviewedFrom,
  supplementHolds,
  type Hold,
  type Span,
  type Terms,
  type WorkCalendar,
} from '../../engine/time/index.ts';
import { branchDue, NO_DATE, type BranchDue, type TaskSpan } from './branch-due.ts';
import type { Participant, Party } from './branch-parties.ts';

/** The clock of a party of a case, by those of its tasks that promise something. */
export interface BranchClock {
  /** When it had any of its tasks in hand, and what of that does not count. */
  readonly spans: readonly TaskSpan[];
  readonly holds: readonly Hold[];
  /** Those with a promise. */
  readonly promised: readonly TaskSpan[];
  readonly goesOn: boolean;
  /** The moment at which it is looked at: now, or when it ended. */
  readonly last: number;
  /** What it is counted from; absent: it has had no task with a promise yet. */
  readonly terms?: Terms;
  readonly due: BranchDue;
  /** The step whose date it has; absent: it has that of its sum. */
  readonly decisive?: TaskRow;
}

/** What a case and its clocks are counted from. */
export interface CaseGiven {
  readonly row: CaseRow;
  readonly graph: ProcessGraph;
  /** Versions that it has left, by id. */
  readonly left: ReadonlyMap<string, ProcessGraph>;
  readonly calendar: WorkCalendar;
}

/** `at`: now, or when the case ended. */
export function branchClock(
  { row, graph, left, calendar }: CaseGiven,
  { party, tasks, plan: { limit, startRule, warning } = {} }: Participant,
  at: number,
): BranchClock {
  const { spans, holds } = countedOf(row, party, tasks);
  // one that ended in another version promised what it did there: this one may have renamed it
  const promises = ({ node, definitionId }: TaskRow): boolean =>
    !!(definitionId === row.definitionId ? graph : left.get(definitionId))?.nodes[node]?.limit;
  const promised = limit ? spans.filter(({ task }) => promises(task)) : [];
  const stated = { ...(startRule && { startRule }), ...(warning && { warning }) };
  const terms =
    limit && promised.length > 0
      ? inHand(promised, { limit, ...stated, holds: heldDuring(promised, holds), calendar })
      : undefined;
  return {
    spans,
    holds,
    promised,
    goesOn: promised.some(isOpen),
    last: promised.length > 0 ? lastOf(promised, at) : at,
    ...(terms ? { terms, ...branchDue(promised, dueDate(terms), at) } : { due: NO_DATE }),
  };
}

export const isOpen = ({ to }: Span): boolean => to === null;

/** When the last of them ended; `now` while one goes on. */
function lastOf(spans: readonly Span[], now: number): number {
  return Math.max(...spans.map(({ to }) => to ?? now));
}

/** What began after their end changes nothing. */
export function heldDuring(spans: readonly Span[], holds: readonly Hold[]): readonly Hold[] {
  const end = lastOf(spans, Infinity);
  return holds.filter(({ from }) => from < end);
}

/**
 * When a party had the case in hand, and what of that does not count. The review begins anew when the applicant has
 * supplemented, as its clock does: a department that goes on then counts from there. The applicant's own time runs meanwhile.
 */
function countedOf(
  { endedAt, clock }: CaseRow,
  party: Party,
  tasks: readonly TaskRow[],
): { spans: readonly TaskSpan[]; holds: readonly Hold[] } {
  const spans = tasks.map((task): TaskSpan => ({ from: task.createdAt, to: task.endedAt ?? endedAt, task }));
  const { holds = [], phases } = clock ?? {};
  if (!phases || party === 'applicant') return { spans, holds };
  const begin = reviewedFrom(phases);
  const since = spans.filter(lastsBeyond(begin));
  return {
    spans: since.length === 0 ? spans : since.map((span) => ({ ...span, from: Math.max(span.from, begin) })),
    holds: [...holds, ...supplementHolds(phases, since.length === 0 ? 0 : begin)],
  };
}
