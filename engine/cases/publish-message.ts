import { newId } from '../kernel/ids.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { Actor, MessageReceipt, PublishMessage } from '../engine.ts';
import type { JobRow, MessageRow } from '../store/ports.ts';
import { parseDuration } from '../time/index.ts';
import { correlateMessage, handOut } from './correlate-message.ts';
import type { CaseDeps } from './deps.ts';
import { newJob, UNLIMITED } from './rows.ts';

const LONGEST_MS = 10 * 366 * 86_400_000;
/** The job looks for the first time when the publisher has surely looked, or died. */
const FIRST_LOOK_MS = 5_000;

/**
 * Hands a message out at once, or keeps it until a case waits for it, at most for its time to live. A message id is known
 * as long as the message lives: publishing it again changes nothing and answers what became of the first.
 * `message.nobody_waits` without a time to live; `message.bad_time_to_live`, `message.id_without_time_to_live`
 */
export async function publishMessage(deps: CaseDeps, publish: PublishMessage, actor: Actor): Promise<MessageReceipt> {
  const { id, name, key, variables, timeToLive } = publish;
  if (timeToLive === undefined) {
    if (id !== undefined) throw idWithoutTimeToLive(id);
    return { ...(await correlateMessage(deps, publish, actor)), kept: false, duplicate: false };
  }
  const now = deps.clock.now();
  const expiresAt = expiry(timeToLive, now);
  const message: MessageRow = {
    id: id ?? newId(now),
    name,
    key,
    variables,
    publishedBy: actor.id,
    publishedAt: now,
    expiresAt,
    consumedBy: null,
    jobId: '',
  };
  message.jobId = `message.${message.id}`;
  const job = messageJob(message, Math.min(now + FIRST_LOOK_MS, expiresAt));
  const written = await deps.store.commitRecords({
    jobs: { put: [job], remove: [] },
    messages: { put: [message], remove: [] },
  });
  if (written === 'conflict') return duplicateOf(await deps.store.findMessage(message.id));
  const taken = await handOutKept(deps, message, actor);
  if (taken) return { ...taken, kept: false, duplicate: false };
  return { caseId: null, started: false, kept: true, duplicate: false };
}

/** Hands a kept message out, once. Undefined: nobody wants it yet. */
export async function handOutKept(
  deps: CaseDeps,
  message: MessageRow,
  actor: Actor,
): Promise<{ caseId: string | null; started: boolean } | undefined> {
  try {
    return await handOut(deps, message, actor, message.id);
  } catch (refusal) {
    if (!isRejection(refusal, 'message.consumed')) throw refusal;
    return { caseId: (await deps.store.findMessage(message.id))?.consumedBy ?? null, started: false };
  }
}

function messageJob(message: MessageRow, dueAt: number): JobRow {
  return {
    ...newJob('', '', '', dueAt),
    id: message.jobId,
    kind: 'message',
    maxAttempts: UNLIMITED,
    payload: { message: message.id },
  };
}

function duplicateOf(known: MessageRow | undefined): MessageReceipt {
  const caseId = known?.consumedBy ?? null;
  return { caseId, started: false, kept: known !== undefined && caseId === null, duplicate: true };
}

function expiry(timeToLive: string, now: number): number {
  const at = parseDuration(timeToLive)?.addTo(now);
  if (at !== undefined && at > now && at - now <= LONGEST_MS) return at;
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
