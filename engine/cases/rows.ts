import { eventOfKey, groupsOf, type CaseState, type Token } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Node, ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import { datesForTasks, isLimited } from '../store/listed-dates.ts';
import type { WorkCalendar } from '../time/index.ts';
import { dueDatesOf, taskTerms } from './due-terms.ts';

const JOB_TRIES = 3;
/** Timers and deadlines cannot fail for good: they are tried until they succeed. */
export const UNLIMITED = 1_000_000;

export const taskId = (caseId: string, token: string) => `${caseId}.${token}`;
export const timerId = (caseId: string, token: string, event: string, dueAt: number) =>
  `${caseId}.${token}.${event}@${dueAt}`;
export const workId = (caseId: string, token: string, work: number) => `${caseId}.${token}.work${work}`;
export const subscriptionId = (caseId: string, token: string, event: string) => `${caseId}.${token}.${event}`;

/** Case and token of a task id. Undefined when it is no task id. */
export function parseTaskId(id: string): { caseId: string; token: string } | undefined {
  const [caseId, token, ...rest] = id.split('.');
  return caseId && token && rest.length === 0 ? { caseId, token } : undefined;
}

/** The row of an open or claimed task: a pure function of the case, so it can be rebuilt at any time. */
export function taskRow(row: CaseRow, graph: ProcessGraph, token: Token, calendar: WorkCalendar): TaskRow {
  const node = graph.nodes[token.node]!;
  const terms = taskTerms(token, graph, calendar, row.clock);
  const { calendarVersion, ...counted } = dueDatesOf(terms);
  const stands = (terms.promise ?? terms.statutory)?.holds?.some(({ to }) => to === null);
  const dates = {
    ...counted,
    ...(calendarVersion === null && statedDue(token)),
    ...(stands && { held: true as const }),
  };
  const ofCase = isLimited(dates) ? undefined : datesForTasks(row);
  const groups = groupsOf(token, node);
  return {
    id: taskId(row.id, token.id),
    caseId: row.id,
    caseNumber: row.number,
    caseTitle: row.title,
    definitionId: row.definitionId,
    token: token.id,
    node: node.id,
    name: node.name || node.id,
    status: token.assignee === undefined ? 'open' : 'claimed',
    groups,
    users: [...(token.task?.users ?? node.assignment?.candidateUsers ?? [])],
    department: groups[0] ?? null,
    assignee: token.assignee ?? null,
    form: node.form ?? null,
    createdAt: token.since,
    claimedAt: token.claimedAt ?? null,
    endedAt: null,
    ...dates,
    ...(token.task?.followUpAt !== undefined && { followUpAt: token.task.followUpAt }),
    ...(token.task?.priority !== undefined && { priority: token.task.priority }),
    ...(ofCase && { ofCase }),
  };
}

/** The due date that the model states without a promise; yellow when the last 30 % of the time begins. */
function statedDue({ since, task }: Token): { dueAt: number; yellowAt: number } | undefined {
  if (task?.dueAt === undefined) return undefined;
  const left = Math.max(0, Math.floor((task.dueAt - since) * 0.3));
  return { dueAt: task.dueAt, yellowAt: task.dueAt - left };
}

/** The token of an unfinished task. */
export function taskToken(state: CaseState, token: string): Token | undefined {
  const found = state.tokens[token];
  return found?.wait === 'task' ? found : undefined;
}

export function timerJob(caseId: string, token: string, event: string, dueAt: number): JobRow {
  return {
    ...newJob(caseId, token, eventOfKey(event), dueAt),
    id: timerId(caseId, token, event, dueAt),
    kind: 'timer',
    maxAttempts: UNLIMITED,
    payload: { event },
  };
}

/** The job of a service, send or business-rule task or of a throw event: ours (http, message), or a worker's (topic). */
export function workJob(
  caseId: string,
  of: { token: string; work: number; topic?: string; retries?: number; sent?: number },
  node: Node,
  now: number,
): JobRow {
  const { http, message, topic, retries } = node.job!;
  const kind = http ? 'service' : message ? 'send' : 'external';
  return {
    ...newJob(caseId, of.token, node.id, now),
    id: workId(caseId, of.token, of.work),
    kind,
    topic: kind === 'external' ? (of.topic ?? topic) : null,
    maxAttempts: Math.max(1, (of.retries ?? retries) || JOB_TRIES),
    payload: { ...pausesOf(node), ...(of.sent !== undefined && { sent: of.sent }) },
  };
}

/** Takes a token on from its save point. */
export function continueJob(caseId: string, of: { token: string; work: number }, node: Node, now: number): JobRow {
  return {
    ...newJob(caseId, of.token, node.id, now),
    id: workId(caseId, of.token, of.work),
    kind: 'continue',
    maxAttempts: node.retry?.tries ?? JOB_TRIES,
    payload: pausesOf(node),
  };
}

function pausesOf({ retry }: Node): JsonObject {
  return retry?.pauses ? { pauses: [...retry.pauses] } : {};
}

export function newJob(caseId: string, token: string, node: string, dueAt: number): JobRow {
  return {
    id: '',
    caseId,
    token,
    kind: 'timer',
    topic: null,
    node,
    dueAt,
    attempts: 0,
    maxAttempts: JOB_TRIES,
    owner: null,
    leaseUntil: 0,
    fence: 0,
    lastError: null,
    payload: {},
  };
}
