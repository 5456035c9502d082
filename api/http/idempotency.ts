import { createHash } from 'node:crypto';
import type { CommandOptions } from '../../engine/engine.ts';
import { isStoreTrouble } from '../../engine/kernel/rejection.ts';
import { canonicalJson, type JsonValue } from '../../engine/kernel/json.ts';
import type { Receipt, Store } from '../../engine/store/ports.ts';
import { HttpProblem } from './http-problem.ts';
import type { AnyReply, UploadedFile } from './route.ts';

/** Seven days, in ms. */
const KEPT_MS = 7 * 86_400_000;

/** How a handler has its answer kept in the same commit as the command's effect. A command that makes no receipt has none. */
export interface Receipts {
  /** Options for an engine command whose result, presented, is the answer. Empty when no Idempotency-Key came. */
  keep<Result>(status: number, present: (result: Result) => unknown): CommandOptions<Result>;
}

export const NO_RECEIPTS: Receipts = { keep: () => ({}) };

export interface KeyedRequest {
  readonly key: string;
  readonly personId: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** The case that the request acts on, where its address tells: its key belongs to the address. */
  readonly ofCase?: string | undefined;
  /** Its command keeps the answer in its own commit: the store refuses a second one, so nobody looks first. */
  readonly inCommit: boolean;
}

/** Requests with the same key that are under way in this process take turns: the second one finds the first one's answer. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Runs a request once for its key: a kept answer is given again; a new answer is kept, by the command's own commit where
 * the handler asked for that, else after it. Refusals are not kept. `idempotency.key_reused` for another request.
 */
export async function onceForKey(
  store: Store,
  now: () => number,
  request: KeyedRequest,
  run: (receipts: Receipts) => Promise<AnyReply>,
): Promise<AnyReply> {
  if (!/^[!-~]{1,255}$/.test(request.key)) throw new HttpProblem(400, 'idempotency.key_invalid');
  const { personId, path, ofCase } = request;
  const key = ofCase === undefined ? `${personId}:${request.key}` : `${personId} ${path} ${request.key}`;
  while (underWay.has(key)) await underWay.get(key)!.catch(() => undefined);
  const fingerprint = fingerprintOf(request);
  const find = async () => answerOf(await store.findReceipt(key, now(), ofCase), fingerprint);
  const attempt = attemptOnce(store, now, { ...request, key, fingerprint, find }, run);
  underWay.set(key, attempt);
  try {
    return await attempt;
  } finally {
    underWay.delete(key);
  }
}

interface Kept extends Pick<KeyedRequest, 'ofCase' | 'inCommit'> {
  key: string;
  fingerprint: string;
  /** The answer that the key has. */
  find(): Promise<AnyReply | undefined>;
}

async function attemptOnce(
  store: Store,
  now: () => number,
  { key, fingerprint, find, ofCase, inCommit }: Kept,
  run: (receipts: Receipts) => Promise<AnyReply>,
): Promise<AnyReply> {
  const first = inCommit ? undefined : await find();
  if (first) return first;

  let kept: Receipt | undefined;
  const receipt = (status: number, answer: unknown): Receipt => ({
    key,
    fingerprint,
    status,
    answer: (answer ?? null) as JsonValue,
    expiresAt: now() + KEPT_MS,
  });
  const receipts: Receipts = {
    keep: (status, present) => ({
      receipt: (result) => (kept = receipt(status, present(result))),
      ...(ofCase !== undefined && { receiptOfCase: true as const }),
    }),
  };
  try {
    const reply = await run(receipts);
    // what the handler presents now may say of another minute, or by another calendar, than what was kept
    if (kept) return { ...reply, ...whatWasKept(kept) };
    if (reply.status >= 300 || (await store.addReceipt(receipt(reply.status, reply.body)))) return reply;
    return (await find()) ?? reply; // another node was first to keep its answer
  } catch (error) {
    if (isStoreTrouble(error)) throw error;
    // it was done before, or another node has done it between the look and the command; unless that is certain, no refusal is
    const late = await find();
    if (late) return late;
    throw error;
  }
}

function answerOf(receipt: Receipt | undefined, fingerprint: string): AnyReply | undefined {
  if (!receipt) return undefined;
  if (receipt.fingerprint !== fingerprint) throw new HttpProblem(422, 'idempotency.key_reused');
  return { ...whatWasKept(receipt), headers: { 'Idempotency-Replayed': 'true' } };
}

function whatWasKept({ status, answer }: Receipt): Pick<AnyReply, 'status' | 'body'> {
  return { status, body: status === 204 ? undefined : answer };
}

function fingerprintOf(request: KeyedRequest): string {
  const hash = createHash('sha256').update(`${request.method} ${request.path}\n${request.personId}\n`);
  hash.update(canonicalJson((request.body ?? null) as JsonValue));
  for (const file of request.files) hash.update(`\n${file.field}\n${file.name}\n${file.type}\n`).update(file.bytes);
  return hash.digest('hex');
}
