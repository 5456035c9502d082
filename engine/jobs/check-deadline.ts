import { act } from '../cases/act.ts';
import type { Decision } from '../cases/build-commit.ts';
import { decideByStep } from '../cases/command.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import type { NewEvent } from '../cases/history.ts';
import { deadlineJob, taskRow } from '../cases/rows.ts';
import { isRejection } from '../kernel/rejection.ts';
import type { Node, ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow } from '../store/ports.ts';

/**
 * Records that a promise is about to pass, later that it has passed, and does then what the model says of the task: remind,
 * escalate, or take silence for consent. All in the one commit that carries the job's fence, so never twice. Lights
 * themselves are computed when they are shown.
 */
export async function checkDeadline(deps: CaseDeps, job: JobRow): Promise<void> {
  const { light, of } = job.payload;
  const due = { yellowAt: Number(job.payload.yellowAt), dueAt: Number(job.payload.dueAt) };
  const place = job.node !== '' && { node: job.node, token: job.token };
  await act(deps, {
    caseId: job.caseId,
    actor: SYSTEM,
    fence: { jobId: job.id, fence: job.fence },
    decide: async (row, graph) => {
      if (light === 'red') {
        const passed = { type: 'deadline.passed', ...place, data: due };
        return followUp(deps, { row, graph, token: job.token, dueAt: due.dueAt }, passed);
      }
      return {
        state: row.state,
        events: [{ type: 'deadline.near', ...place, data: due }],
        effects: [],
        deadlines: [deadlineJob({ ...job, id: of as string }, due, deps.clock.now())],
      };
    },
    result: () => undefined,
  });
}

interface Overdue {
  row: CaseRow;
  graph: ProcessGraph;
  token: string;
  dueAt: number;
}

async function followUp(deps: CaseDeps, overdue: Overdue, passed: NewEvent): Promise<Decision> {
  const { row, graph, token } = overdue;
  const does = nodeOf(overdue)?.overdue?.does;
  const recorded = { state: row.state, effects: [] };
  switch (does) {
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
        // what the model states gives nothing that could be entered: people have to see to it
        if (!isRejection(refusal) || refusal.kind !== 'invalid') throw refusal;
        return { ...recorded, events: [passed, tell('task.escalated', deps, overdue, refusal.message)] };
      }
  }
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
