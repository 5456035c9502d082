import { newId } from '../kernel/ids.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { Actor, CommandOptions, MessageReceipt, PublishMessage } from '../engine.ts';
import type { JobRow, MessageRow, RecordCommit } from '../store/ports.ts';
import { expiryOf } from '../time/index.ts';
import { commitOnce, writeRefused } from './act.ts';
import { answering } from './answering.ts';
import { correlateMessage, handOut } from './correlate-message.ts';
import type { CaseDeps } from './deps.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** The job looks for the first time when the publisher has surely looked, or died. */
const FIRST_LOOK_MS = 5_000;

/**
 * Hands a message out at once, or keeps it until a case waits for it, at most for its time to live. A message id is known
 * as long as the message lives: publishing it again changes nothing and answers what became of the first.
 * `message.nobody_waits` without a time to live; `message.bad_time_to_live`, `message.id_without_time_to_live`,
 * `store.unavailable`
 */
export async function publishMessage(
  deps: CaseDeps,
  publish: PublishMessage,
  actor: Actor,
  options?: CommandOptions<MessageReceipt>,
): Promise<MessageReceipt> {
  const { id, timeToLive } = publish;
  const ofTaken = answering(options, handedOut);
  if (timeToLive === undefined) {
    if (id !== undefined) throw idWithoutTimeToLive(id);
    return handedOut(await correlateMessage(deps, publish, actor, ofTaken));
  }
  const now = deps.clock.now();
  const expiresAt = expiry(timeToLive, now);
  if (id !== undefined) return publishOnce(deps, messageRow(publish, { id, expiresAt }, actor, now), actor);

  const taken = await handOut(deps, publish, actor, { options: ofTaken });
  if (taken) return handedOut(taken);
  const message = messageRow(publish, { id: newId(now), expiresAt }, actor, now);
  const receipt = options?.receipt?.(KEPT);
  // somebody may have begun to wait meanwhile
  await commitOnce(deps, { ...rowsOf(message, now), ...(receipt && { receipt }) });
  deps.due(now);
  return KEPT;
}

/** It is kept before it is handed out, so that its id is known. */
async function publishOnce(deps: CaseDeps, message: MessageRow, actor: Actor): Promise<MessageReceipt> {
  const firstLook = Math.min(message.publishedAt + FIRST_LOOK_MS, message.expiresAt);
  const written = await deps.store.commitRecords(rowsOf(message, firstLook));
  if (written === 'conflict') return duplicateOf(await deps.store.findMessage(message.id));
  const taken = await handOutKept(deps, message, actor);
  return taken ? handedOut(taken) : KEPT;
}

const KEPT: MessageReceipt = { caseId: null, started: false, kept: true, duplicate: false };

function handedOut(taken: Pick<MessageReceipt, 'caseId' | 'started'>): MessageReceipt {
  return { ...taken, kept: false, duplicate: false };
}

/** Hands a kept message out, once. Undefined: nobody wants it yet. */
export async function handOutKept(
  deps: CaseDeps,
  message: MessageRow,
  actor: Actor,
): Promise<{ caseId: string | null; started: boolean } | undefined> {
  try {
    return await handOut(deps, message, actor, { consumes: message.id });
  } catch (refusal) {
    if (!isRejection(refusal, 'message.consumed')) throw refusal;
    return { caseId: (await deps.store.findMessage(message.id))?.consumedBy ?? null, started: false };
  }
}

function messageRow(
  { name, key, variables }: PublishMessage,
  { id, expiresAt }: Pick<MessageRow, 'id' | 'expiresAt'>,
  actor: Actor,
  now: number,
): MessageRow {
  // an id may be taken again once its message has expired; that of a job is never another's
  const jobId = `message.${id}@${now}`;
  return { id, name, key, variables, publishedBy: actor.id, publishedAt: now, expiresAt, consumedBy: null, jobId };
}

/** The message and the job that tends it, which looks for the first time at `dueAt`. */
function rowsOf(message: MessageRow, dueAt: number): RecordCommit {
  const job: JobRow = {
    ...newJob('', '', '', dueAt),
    id: message.jobId,
    kind: 'message',
    maxAttempts: UNLIMITED,
    payload: { message: message.id },
  };
  return { jobs: { put: [job], remove: [] }, messages: { put: [message], remove: [] } };
}

/** `store.unavailable` where nobody knows it: another node took this write for lost, or is still at it. */
function duplicateOf(known: MessageRow | undefined): MessageReceipt {
  if (!known) throw writeRefused();
  const caseId = known.consumedBy;
  return { caseId, started: false, kept: caseId === null, duplicate: true };
}

function expiry(timeToLive: string, now: number): number {
  const at = expiryOf(timeToLive, now);
  if (at !== undefined) return at;
  throw new Rejection(
    'invalid',
    'message.bad_time_to_live',
    `Expected an ISO 8601 duration of at most 10 years, but it is '${timeToLive.slice(0, 100)}'`,
    { timeToLive: timeToLive.slice(0, 100) },
  );
}

function idWithoutTimeToLive(id: string): Rejection {
  return new Rejection(
    'invalid',
    'message.id_without_time_to_live',
    `Expected a time to live with message id '${id}', but there is none`,
    { message: id },
  );
}
