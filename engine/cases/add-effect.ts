import type { CaseState, Effect } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Commit, SubscriptionRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { broadcastJob } from './broadcast-signal.ts';
import { callId, callJob, cancelCallJob } from './call-rows.ts';
import { deadlineIds, deadlineJobs } from './deadlines.ts';
import { taskNotBefore } from './not-before.ts';
import { continueJob, subscriptionId, taskId, taskRow, timerId, timerJob, workId, workJob } from './rows.ts';
import { recordsOf } from './take-step.ts';

interface Graphs {
  readonly before: ProcessGraph;
  readonly after: ProcessGraph;
}

interface By {
  readonly actor: string;
  readonly now: number;
  readonly calendar: WorkCalendar;
}

/** Adds to a commit what an effect of the step asks for: rows beside the case, and what the case itself counts of them. */
export function addEffect(commit: Commit, before: CaseRow, graphs: Graphs, effect: Effect, by: By): void {
  const { now } = by;
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
    case 'open-task':
      return openTask(commit, graphs.after, token, by);
    case 'close-task':
      return closeTask(commit, before, graphs.before, effect, by);
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
      if (isAwaited(row.state, effect)) commit.subscriptions.put.push(subscription(row.id, effect));
      return;
    case 'unsubscribe':
      commit.subscriptions.remove.push(subscriptionId(row.id, token, effect.event));
      return;
    case 'open-incident':
      if (row.state.tokens[token]) openIncident(commit, effect, now);
      return;
    case 'resolve-incident':
      // only incidents that were there before this step have a row
      if (!before.state.tokens[token]?.incident) return;
      row.incidents--;
      commit.incidents.remove.push(taskId(row.id, token));
      return;
  }
}

type Told<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

function openTask(commit: Commit, graph: ProcessGraph, token: string, { now, calendar }: By): void {
  const opened = commit.case.state.tokens[token];
  // opened and gone again within one step, for example beside a terminate end event
  if (!opened) return;
  const task = taskRow(commit.case, graph, opened, calendar);
  commit.tasks.push(task);
  commit.jobs.put.push(...deadlineJobs(task, { ...task, notBefore: taskNotBefore(commit.case, graph, task) }, now));
}

function closeTask(
  commit: Commit,
  before: CaseRow,
  graph: ProcessGraph,
  { token, outcome }: Told<'close-task'>,
  { now, calendar }: By,
): void {
  const closed = before.state.tokens[token];
  if (!closed) return;
  const { ofCase: _ofCase, ...task } = taskRow(before, graph, closed, calendar);
  commit.tasks.push({ ...task, status: outcome, endedAt: now });
  if (task.dueAt !== null || task.statutoryAt !== null) commit.jobs.remove.push(...deadlineIds(task.id));
}

function subscription(caseId: string, { token, event, name, key, kind }: Told<'subscribe'>): SubscriptionRow {
  const id = subscriptionId(caseId, token, event);
  return { id, caseId, token, event, name, key, ...(kind === 'signal' && { kind }) };
}

function openIncident(commit: Commit, { token, node, code, message }: Told<'open-incident'>, now: number): void {
  const { case: row } = commit;
  row.incidents++;
  commit.incidents.put.push({
    id: taskId(row.id, token),
    caseId: row.id,
    caseNumber: row.number,
    definitionKey: row.definitionKey,
    token,
    node,
    code,
    message,
    openedAt: now,
  });
}

/** False for what was armed and has happened within one step, for example a signal that was thrown at once. */
function isAwaited({ tokens }: CaseState, { token, event }: { token: string; event: string }): boolean {
  const armed = tokens[token]?.armed?.[event];
  return armed !== undefined && !armed.done;
}
