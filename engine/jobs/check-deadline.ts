import { act } from '../cases/act.ts';
import type { Decision } from '../cases/build-commit.ts';
import { LATE_EVENTS } from '../cases/called-late.ts';
import { decideByStep } from '../cases/command.ts';
import { consentTimeOf } from '../cases/consent.ts';
import { deadlineAfter, type Checked, type Due } from '../cases/deadlines.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { isHeld, ofOtherPhase } from '../cases/due-terms.ts';
import type { ClockCheck } from '../cases/clock-checks.ts';
import type { NewEvent } from '../cases/history.ts';
import { taskId, taskRow, taskToken } from '../cases/rows.ts';
import { groupsOf } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { isRejection } from '../kernel/rejection.ts';
import type { Node, ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow } from '../store/ports.ts';
import { checkClock, decideSilence } from './check-clock.ts';

const EVENTS = { yellow: 'deadline.near', ...LATE_EVENTS } as const;

/**
 * Records that an end is near, later that the promise, then that the statutory limit has passed. When a promise has passed
 * it does what the model says of the task: remind, escalate, or take silence for consent. All in the one commit that
 * carries the job's fence, so never twice. An acceptance review that runs out accepts the case. Lights themselves are
 * computed when they are shown.
 */
export async function checkDeadline(deps: CaseDeps, job: JobRow): Promise<void> {
  const { check } = job.payload;
  if (check !== undefined) return checkClock(deps, job, check as ClockCheck);
  const light = job.payload.light as keyof typeof EVENTS;
  const due = datesOf(job);
  const place = job.node !== '' && { node: job.node, token: job.token };
  await act(deps, {
    caseId: job.caseId,
    actor: SYSTEM,
    fence: { jobId: job.id, fence: job.fence },
    decide: async (row, graph) => {
      const silence = light !== 'yellow' && job.node === '' && (await decideSilence(deps, row, graph));
      if (silence) return silence;
      const { since: all, notBefore: _, recorded: __, ...dates } = due;
      const since = all?.[light];
      const data = { ...dates, ...(since !== undefined && { since }), ...whoseClock(row, graph, job) };
      const event: NewEvent = { type: EVENTS[light], ...place, data };
      const overdue = { row, graph, token: job.token, dueAt: due.dueAt!, isKnown: since !== undefined };
      const events = standsStill(overdue, light) ? [] : [event];
      const decision =
        light === 'red' && events.length > 0
          ? await followUp(deps, overdue, event)
          : { state: row.state, events, effects: [] };
      const stays = decision.state.status === 'active' && (job.token === '' || decision.state.tokens[job.token]);
      const deadlines = stays ? deadlineAfter(light, { ...job, id: job.payload.of as string }, due) : [];
      return { ...decision, deadlines };
    },
    result: () => undefined,
  });
}

/** Of a task: whose it is; of the case: that it is its acceptance review or its delivery. */
function whoseClock(row: CaseRow, graph: ProcessGraph, { token }: JobRow): JsonObject {
  if (token === '') return { ...ofOtherPhase(row) };
  const task = taskToken(row.state, token);
  return task ? { groups: groupsOf(task, graph.nodes[task.node]!) } : {};
}

/** Jobs of older stores know no statutory date. */
function datesOf({ payload }: JobRow): Due & { statutoryAt: number | null } {
  const { yellowAt, dueAt, statutoryAt = null, ...more } = payload as unknown as Due;
  const { since, notBefore, recorded } = more;
  const rest = { ...(since && { since }), ...(notBefore && { notBefore }), ...(recorded && { recorded }) };
  return { yellowAt, dueAt, statutoryAt, ...rest };
}

interface Overdue {
  row: CaseRow;
  graph: ProcessGraph;
  token: string;
  dueAt: number;
  /** The date only moved: whom it concerns has been told of the delay. */
  isKnown: boolean;
}

async function followUp(deps: CaseDeps, overdue: Overdue, passed: NewEvent): Promise<Decision> {
  const { row, graph, token, isKnown } = overdue;
  const does = doesOf(overdue);
  const recorded = { state: row.state, effects: [] };
  switch (isKnown && does !== 'deemedConsent' ? undefined : does) {
    case undefined:
      return { ...recorded, events: [passed] };
    case 'remind':
      return { ...recorded, events: [passed, tell('task.reminded', deps, overdue)] };
    case 'escalate':
      return { ...recorded, events: [passed, tell('task.escalated', deps, overdue)] };
    case 'deemedConsent':
      try {
        return await decideByStep(row, graph, { type: 'deem-consent', token }, deps, [passed]);
      } catch (refusal) {
        // what the model states gives nothing that could be entered: people have to see to it, and know once
        if (!isRejection(refusal) || refusal.kind !== 'invalid') throw refusal;
        const isTried = isKnown && !consentTimeOf(row.clock, taskId(row.id, token))?.missed;
        const told = isTried ? [] : [tell('task.escalated', deps, overdue, refusal.message)];
        return { ...recorded, events: [passed, ...told] };
      }
  }
}

/**
 * Of cases of older versions: the clock was stopped within what somebody was left. Their checks come all the same; who lets
 * the clock run on puts them anew.
 */
function standsStill(overdue: Overdue, light: Checked): boolean {
  const { late, clock } = overdue.row;
  if (late || light === 'yellow' || !isHeld(overdue.row)) return false;
  const isReviewed = clock?.phases?.now === 'acceptance' && clock.phases.silenceAfter !== undefined;
  return isReviewed || (light === 'red' && doesOf(overdue) === 'deemedConsent');
}

/** What the model says of the task. */
function doesOf(overdue: Overdue) {
  return nodeOf(overdue)?.overdue?.does;
}

function nodeOf({ row, graph, token }: Overdue): Node | undefined {
  const found = row.state.tokens[token];
  return found?.wait === 'task' ? graph.nodes[found.node] : undefined;
}

/** Whom it concerns; `reason`: why it is escalated other than by the model. */
function tell(
  type: 'task.reminded' | 'task.escalated',
  { calendar }: CaseDeps,
  { row, graph, token, dueAt }: Overdue,
  reason?: string,
): NewEvent {
  const { id, node, groups, assignee } = taskRow(row, graph, row.state.tokens[token]!, calendar);
  const data = { task: id, groups, assignee, dueAt, ...(reason !== undefined && { reason }) };
  return { type, node, token, data };
}
