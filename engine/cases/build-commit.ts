import type { CaseState, Effect } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Commit, IncidentRow, JobRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { recordsOf } from './take-step.ts';
import { chainEvents, type NewEvent } from './history.ts';
import { broadcastJob } from './broadcast-signal.ts';
import { deadlineIds, deadlineJobs } from './deadlines.ts';
import type { DueDates } from './due-terms.ts';
import { clockCheckIds } from './clock-checks.ts';
import { passMilestones } from './pass-milestones.ts';
import { callId, callJob, cancelCallJob, escalationsOf, returnJob } from './call-rows.ts';
import { continueJob, subscriptionId, taskId, taskRow, timerId, timerJob, workId, workJob } from './rows.ts';

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
    Pick<CaseRow, 'definitionId' | 'definitionVersion' | 'clock' | 'held' | 'annex' | keyof DueDates>
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
  by: { actor: string; now: number; calendar: WorkCalendar },
): Commit {
  const { now } = by;
  const decision = passMilestones(before, graph, decided, by);
  const { change } = decision;
  const events = chainEvents({ ...before, caseId: before.id }, decision.events, { at: now, actor: by.actor });
  // what is noted on a closed case does not end it again
  const ended = before.status === 'active' && decision.state.status !== 'active';
  const row: CaseRow = {
    ...before,
    ...change?.row,
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
    ...(decision.documents && { documents: [...decision.documents] }),
  };
  const graphs = { before: graph, after: change?.graph ?? graph };
  for (const effect of decision.effects) applyEffect(commit, before, graphs, effect, by);
  const tellsCaller = ended || escalationsOf(decision.effects).length > 0;
  if (tellsCaller && row.parent) commit.jobs.put.push(returnJob(row, decision.effects, now));
  if (ended)
    commit.jobs.remove.push(...(row.calendarVersion === null ? [] : deadlineIds(row.id)), ...clockCheckIds(row));
  return commit;
}

function applyEffect(
  commit: Commit,
  before: CaseRow,
  graphs: { before: ProcessGraph; after: ProcessGraph },
  effect: Effect,
  by: { actor: string; now: number; calendar: WorkCalendar },
): void {
  const { now, calendar } = by;
  const { case: row } = commit;
  // go out together, as a report to the caller
  if (effect.type === 'raise-error' || effect.type === 'raise-escalation') return;
  if (effect.type === 'broadcast-signal') {
    const { name, variables } = effect;
    const id = `signal.${row.id}.${row.rev}.${commit.jobs.put.length}`;
    commit.jobs.put.push(broadcastJob(id, { name, variables, actor: by.actor, from: row.id, after: null }, now));
    return;
  }
  if (effect.type === 'put-record') {
    const { store, key, record } = effect;
    (commit.documents ??= []).push({ collection: recordsOf(store), id: key, document: record });
    return;
  }
  const { token } = effect;
  switch (effect.type) {
    case 'open-task': {
      const opened = row.state.tokens[token];
      // opened and gone again within one step, for example beside a terminate end event
      if (!opened) return;
      const task = taskRow(row, graphs.after, opened, calendar);
      commit.tasks.push(task);
      commit.jobs.put.push(...deadlineJobs(task, task, now));
      return;
    }
    case 'close-task': {
      const closed = before.state.tokens[token];
      if (!closed) return;
      const task = taskRow(before, graphs.before, closed, calendar);
      commit.tasks.push({ ...task, status: effect.outcome, endedAt: now });
      if (task.dueAt !== null || task.statutoryAt !== null) commit.jobs.remove.push(...deadlineIds(task.id));
      return;
    }
    case 'create-job':
      if (row.state.tokens[token]) commit.jobs.put.push(workJob(row.id, effect, graphs.after.nodes[effect.node]!, now));
      return;
    case 'create-continuation':
      if (row.state.tokens[token])
        commit.jobs.put.push(continueJob(row.id, effect, graphs.after.nodes[effect.node]!, now));
      return;
    case 'remove-job':
      commit.jobs.remove.push(workId(row.id, token, effect.work));
      return;
    case 'call-case':
      if (row.state.tokens[token]) commit.jobs.put.push(callJob(row.id, effect, now));
      return;
    case 'cancel-call':
      // opened and gone again within one step: nobody heard of the call
      if (!before.state.tokens[token]) return;
      commit.jobs.remove.push(callId(row.id, token, effect.work));
      commit.jobs.put.push(cancelCallJob(row.id, token, effect.work, now));
      return;
    case 'arm-timer':
      if (isAwaited(row.state, effect)) commit.jobs.put.push(timerJob(row.id, token, effect.event, effect.dueAt));
      return;
    case 'disarm-timer':
      commit.jobs.remove.push(timerId(row.id, token, effect.event, effect.dueAt));
      return;
    case 'subscribe':
      if (isAwaited(row.state, effect)) {
        commit.subscriptions.put.push({
          id: subscriptionId(row.id, token, effect.event),
          caseId: row.id,
          token,
          event: effect.event,
          name: effect.name,
          key: effect.key,
          ...(effect.kind === 'signal' && { kind: effect.kind }),
        });
      }
      return;
    case 'unsubscribe':
      commit.subscriptions.remove.push(subscriptionId(row.id, token, effect.event));
      return;
    case 'open-incident':
      if (!row.state.tokens[token]) return;
      row.incidents++;
      commit.incidents.put.push({
        id: taskId(row.id, token),
        caseId: row.id,
        caseNumber: row.number,
        definitionKey: row.definitionKey,
        token,
        node: effect.node,
        code: effect.code,
        message: effect.message,
        openedAt: now,
      });
      return;
    case 'resolve-incident':
      // only incidents that were there before this step have a row
      if (!before.state.tokens[token]?.incident) return;
      row.incidents--;
      commit.incidents.remove.push(taskId(row.id, token));
      return;
  }
}

/** False for what was armed and has happened within one step, for example a signal that was thrown at once. */
function isAwaited({ tokens }: CaseState, { token, event }: { token: string; event: string }): boolean {
  const armed = tokens[token]?.armed?.[event];
  return armed !== undefined && !armed.done;
}
