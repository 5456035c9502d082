import type { CaseState, Effect } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Commit, IncidentRow, JobRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { addEffect } from './add-effect.ts';
import { lateAfter } from './called-late.ts';
import { escalationsOf, returnJob } from './call-rows.ts';
import { clockCheckIds } from './clock-checks.ts';
import { deadlineIds } from './deadlines.ts';
import type { DueDates } from './due-terms.ts';
import { keepEnded } from './ended-clocks.ts';
import { chainEvents, type NewEvent } from './history.ts';
import { holdCallJobs } from './hold-along.ts';
import { passMilestones } from './pass-milestones.ts';
import type { StoredTasks } from './stored-tasks.ts';

/** What a command decided: the case as it shall be, and why. */
export interface Decision {
  readonly state: CaseState;
  readonly events: readonly NewEvent[];
  readonly effects: readonly Effect[];
  /** Tasks changed without the core: claimed, put back. */
  readonly tasks?: readonly TaskRow[];
  /** Deadline checks that looked and have to look again. */
  readonly deadlines?: readonly JobRow[];
  /** What changes beside the state of the case: its version, its clock. */
  readonly change?: CaseChange;
  /** Written with the case. */
  readonly documents?: Commit['documents'];
}

export interface CaseChange {
  readonly row: Partial<
    Pick<CaseRow, 'definitionId' | 'definitionVersion' | 'clock' | 'held' | 'late' | 'annex' | keyof DueDates>
  >;
  /** Ids of deadline checks that no longer hold. */
  readonly lapsed: readonly string[];
  /** Of the version in which the case goes on. */
  readonly graph?: ProcessGraph;
  /** Incidents whose element has another id. */
  readonly incidents?: readonly IncidentRow[];
}

/** Turns a decision into the one write that carries it: the case row, its history, and every row beside it. */
export function buildCommit(
  before: CaseRow,
  graph: ProcessGraph,
  decided: Decision,
  by: { actor: string; now: number; calendar: WorkCalendar; tasks?: StoredTasks | undefined },
): Commit {
  const { now } = by;
  const decision = passMilestones(before, graph, decided, by);
  const { change } = decision;
  const events = chainEvents({ ...before, caseId: before.id }, decision.events, { at: now, actor: by.actor });
  // what is noted on a closed case does not end it again
  const ended = before.status === 'active' && decision.state.status !== 'active';
  const clock = keepEnded(before, { ...before, ...change?.row }, graph, by.calendar);
  const late = lateAfter({ ...before, ...change?.row }, decision.events);
  const row: CaseRow = {
    ...before,
    ...change?.row,
    ...(clock && { clock }),
    ...(late && { late }),
    rev: before.rev + 1,
    status: decision.state.status,
    endedAt: ended ? now : before.endedAt,
    lastSeq: before.lastSeq + events.length,
    lastHash: events.at(-1)?.hash ?? before.lastHash,
    state: decision.state,
  };
  const commit: Commit = {
    caseId: row.id,
    expectedRev: before.rev,
    case: row,
    events,
    tasks: [...(decision.tasks ?? [])],
    jobs: { put: [...(decision.deadlines ?? [])], remove: [...(change?.lapsed ?? [])] },
    subscriptions: { put: [], remove: [] },
    incidents: { put: [...(change?.incidents ?? [])], remove: [] },
    ...(decision.documents?.length ? { documents: [...decision.documents] } : {}),
  };
  const graphs = { before: graph, after: change?.graph ?? graph };
  for (const effect of decision.effects) addEffect(commit, before, graphs, effect, by);
  commit.jobs.put.push(...holdCallJobs(before, row, now));
  const tellsCaller = ended || escalationsOf(decision.effects).length > 0;
  if (tellsCaller && row.parent) commit.jobs.put.push(returnJob(row, decision.effects, now));
  if (ended)
    commit.jobs.remove.push(...(row.calendarVersion === null ? [] : deadlineIds(row.id)), ...clockCheckIds(row));
  return commit;
}
