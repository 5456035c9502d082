import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { CaseRow, Commit, RecordCommit } from '../store/ports.ts';
import { buildCommit, type Decision } from './build-commit.ts';
import type { CaseDeps } from './deps.ts';
import { addFollowUps } from './follow-ups.ts';
import { phasesAfter } from './pass-milestones.ts';
import { findCase, getCase } from './read-case.ts';
import { countedOtherwise, isCountedOtherwise } from './stored-tasks.ts';

const TRIES = 10;

export interface Act<Result> {
  readonly caseId: string;
  readonly actor: Actor;
  /** Refuses (throws a Rejection) or says what shall be. Called again with the fresh case after a conflict. */
  decide(row: CaseRow, graph: ProcessGraph): Decision | Promise<Decision>;
  /** The command's answer, made of what is about to be written. */
  result(commit: Commit): Result;
  readonly fence?: Commit['fence'];
  /** The kept message that the command takes. */
  readonly consumes?: string;
  readonly options?: CommandOptions<Result>;
}

/**
 * One command on one case: load, decide, write with compare-and-set; on a conflict reload and decide again. The caller
 * sees an error only when the command is really no longer possible, and then it says why.
 * `case.not_found`, `case.busy` after 10 tries, `job.lease_lost`, `message.consumed`, `receipt.kept`, and what `decide`
 * refuses.
 */
export async function act<Result>(deps: CaseDeps, command: Act<Result>): Promise<Result> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const commit = await decideOnce(deps, command);
    const result = command.result(commit);
    if (command.options?.receipt) commit.receipt = command.options.receipt(result);
    if (command.options?.receiptOfCase) commit.receiptOfCase = true;
    if ((await deps.store.commit(commit)) === 'ok') {
      publish(deps, commit);
      return result;
    }
    deps.recent.delete(command.caseId);
    // the first conflict is mostly that another node wrote the case since this one saw it
    if (attempt > 1) await deps.pause(Math.random() * 4 * attempt ** 2);
    await Promise.all([
      findCase(deps, command.caseId),
      refuseLostLease(deps, command.fence),
      refuseConsumed(deps, command.consumes),
      refuseAnswered(deps, commit.receipt),
    ]);
  }
  throw new Rejection(
    'conflict',
    'case.busy',
    `Expected to write case '${command.caseId}', but others were first ${TRIES} times`,
    { case: command.caseId },
  );
}

/** Writes a case that does not exist yet. `case.exists`, also where a fence did not hold; `message.consumed`, `receipt.kept` */
export async function begin<Result>(
  deps: CaseDeps,
  before: CaseRow,
  graph: ProcessGraph,
  decision: Decision,
  command: Pick<Act<Result>, 'actor' | 'result' | 'options' | 'fence' | 'consumes'> & Pick<Commit, 'fresh'>,
): Promise<Result> {
  const commit = buildCommit(before, graph, decision, {
    actor: command.actor.id,
    now: deps.clock.now(),
    calendar: deps.calendar,
  });
  addFollowUps(deps.followUps, commit, graph, deps.clock.now());
  if (command.fence) commit.fence = command.fence;
  if (command.fresh) commit.fresh = true;
  if (command.consumes !== undefined) commit.consumes = command.consumes;
  const result = command.result(commit);
  if (command.options?.receipt) commit.receipt = command.options.receipt(result);
  let written = await deps.store.commit(commit);
  if (written !== 'ok') {
    await refuseConsumed(deps, command.consumes);
    await refuseAnswered(deps, commit.receipt);
    // an answer that was kept long enough was in the way, and is gone
    if (commit.receipt) written = await deps.store.commit(commit);
  }
  if (written !== 'ok') {
    throw new Rejection('conflict', 'case.exists', `Expected a new case, but '${before.id}' exists`, {
      case: before.id,
    });
  }
  publish(deps, commit);
  return result;
}

async function decideOnce<Result>(deps: CaseDeps, command: Act<Result>): Promise<Commit> {
  const cached = deps.recent.get(command.caseId);
  if (cached) {
    try {
      return await decideOn(deps, command, cached);
    } catch (refusal) {
      // the remembered row may be old: never refuse because of it
      if (!isRejection(refusal)) throw refusal;
    }
  }
  return decideOn(deps, command, await getCase(deps, command.caseId));
}

async function decideOn<Result>(deps: CaseDeps, command: Act<Result>, row: CaseRow): Promise<Commit> {
  const graph = await deps.graphOf(row.definitionId);
  const decision = await command.decide(row, graph);
  const { calendar } = deps;
  const now = deps.clock.now();
  const countsAnew = isCountedOtherwise(row, calendar) && phasesAfter(row, graph, decision, now);
  const tasks = countsAnew ? await countedOtherwise(deps, row, graph) : undefined;
  const by = { actor: command.actor.id, now, calendar, tasks };
  const commit = buildCommit(row, graph, decision, by);
  addFollowUps(deps.followUps, commit, decision.change?.graph ?? graph, deps.clock.now());
  if (command.fence) commit.fence = command.fence;
  if (command.consumes !== undefined) commit.consumes = command.consumes;
  return commit;
}

async function refuseLostLease(deps: CaseDeps, fence: Commit['fence']): Promise<void> {
  if (!fence) return;
  const job = await deps.store.findJob(fence.jobId);
  if (job?.fence !== fence.fence) throw leaseLost(fence.jobId);
}

export function leaseLost(job: string): Rejection {
  const expected = `Expected to hold job '${job}', but its lease went to another`;
  return new Rejection('conflict', 'job.lease_lost', expected, { job });
}

async function refuseConsumed(deps: CaseDeps, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const message = await deps.store.findMessage(id);
  if (message?.consumedBy === null) return;
  throw new Rejection('conflict', 'message.consumed', `Expected message '${id}' to be kept, but another case took it`, {
    message: id,
  });
}

/**
 * Rows that belong to no case, written with the answer that is kept. `receipt.kept`; `store.unavailable` where nothing is
 * written and no answer says why.
 */
export async function commitOnce(deps: CaseDeps, records: RecordCommit): Promise<void> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    if ((await deps.store.commitRecords(records)) === 'ok') return;
    // else an answer that was kept long enough was in the way and is gone, or another node took this write for lost
    await refuseAnswered(deps, records.receipt);
  }
  throw writeRefused();
}

/** `store.unavailable`: nothing is written, and the same request may be made again. */
export function writeRefused(): Rejection {
  const expected = 'Expected the store to take the write, but another node took it for lost or is still at it';
  return new Rejection('unavailable', 'store.unavailable', expected);
}

/** `receipt.kept`: whoever keeps answers gives that one. */
async function refuseAnswered(deps: CaseDeps, receipt: Commit['receipt']): Promise<void> {
  if (!receipt || !(await deps.store.findReceipt(receipt.key, deps.clock.now()))) return;
  throw new Rejection('conflict', 'receipt.kept', `Expected key '${receipt.key}' to be new, but it has its answer`);
}

function publish(deps: CaseDeps, commit: Commit): void {
  deps.recent.set(commit.case);
  // a subscription may have woken the job of a kept message
  const woken = commit.subscriptions.put.length > 0 ? { dueAt: 0 } : undefined;
  const first = commit.jobs.put.reduce<{ dueAt: number; id?: string } | undefined>(
    (least, job) => (job.topic === null && !(least && least.dueAt <= job.dueAt) ? job : least),
    woken,
  );
  deps.committed(
    { caseId: commit.caseId, rev: commit.case.rev, case: commit.case, events: commit.events, tasks: commit.tasks },
    first,
  );
}
