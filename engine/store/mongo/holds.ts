import type { MessageRow, Receipt, TaggedDocument } from '../ports.ts';
import type { Collections, Hold } from './documents.ts';
import { isDuplicate } from './driver.ts';
import { keyOf, whole } from './keys.ts';
import { messageDocument, receiptDocument } from './rows.ts';
import type { Settle, Settled } from './settle.ts';
import { takeTurns } from './turns.ts';

/** Rows of others that a write needs for itself. */
export interface Wanted {
  readonly fence?: { jobId: string; fence: number } | undefined;
  readonly receipt?: Receipt | undefined;
  readonly consumes?: string | undefined;
  readonly messages?: readonly MessageRow[] | undefined;
  /** A turn at each: these are kept to nobody. */
  readonly documents?: readonly TaggedDocument[] | undefined;
}

export function wantsNothing({ fence, receipt, consumes, messages, documents }: Wanted): boolean {
  return !fence && !receipt && consumes === undefined && !messages?.length && !documents?.length;
}

/**
 * Keeps every wanted row to this write: nobody else leases the job, answers the receipt, takes or makes the message.
 * `conflict`: one of them cannot be had, and all are free again. After the write the projection makes them final.
 */
export async function takeHolds(
  into: Collections,
  settle: Settle,
  wanted: Wanted,
  hold: Hold,
): Promise<{ turns: number[] } | 'conflict'> {
  const { fence, receipt, consumes, messages = [] } = wanted;
  const turns = takeTurns(into, wanted.documents);
  const taken = await Promise.all([
    !fence || holdJob(into, fence, hold),
    !receipt || holdNew(into.receipts, settle, { ...receiptDocument(receipt), hold }),
    consumes === undefined || holdMessage(into, settle, consumes, hold),
    ...messages.map((row) =>
      holdNew(into.messages, settle, { ...messageDocument(row), kept: false, hidden: true, hold }),
    ),
    turns,
  ]);
  if (taken.every(Boolean)) return { turns: await turns };
  await releaseHolds(into, wanted, hold.nonce);
  return 'conflict';
}

/** Gives back what the write held; it must be certain that it did not land. */
export async function releaseHolds(into: Collections, wanted: Wanted, nonce: string): Promise<void> {
  const { fence, receipt, consumes, messages = [] } = wanted;
  const free = { $unset: { hold: '' as const } };
  await Promise.all([
    fence && into.jobs.updateOne({ _id: keyOf(fence.jobId), 'hold.nonce': nonce }, free),
    receipt && into.receipts.deleteOne({ _id: keyOf(receipt.key), 'hold.nonce': nonce }),
    consumes !== undefined && into.messages.updateOne({ _id: keyOf(consumes), 'hold.nonce': nonce }, free),
    ...messages.map(({ id }) => into.messages.deleteOne({ _id: keyOf(id), 'hold.nonce': nonce })),
  ]);
}

async function holdJob(
  into: Collections,
  { jobId, fence }: NonNullable<Wanted['fence']>,
  hold: Hold,
): Promise<boolean> {
  const free = { _id: keyOf(jobId), live: true, held: true, fence: { $eq: whole(fence) }, hold: { $eq: null } };
  return (await into.jobs.updateOne(free as never, { $set: { hold } })).matchedCount === 1;
}

async function holdMessage(into: Collections, settle: Settle, id: string, hold: Hold): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const free = { _id: keyOf(id), kept: true, hold: { $eq: null } };
    if ((await into.messages.updateOne(free as never, { $set: { hold } })).matchedCount === 1) return true;
    const found = await into.messages.findOne({ _id: keyOf(id) });
    if (!found?.kept || !found.hold || (await settle(found.hold)) === 'open') return false;
    await into.messages.updateOne({ _id: keyOf(id), 'hold.nonce': found.hold.nonce }, { $unset: { hold: '' } });
  }
  return false;
}

/** Makes the row, or finds that it is there: only a hold of a write that was lost makes room. */
export async function holdNew<D extends { _id: string; hold?: Hold }>(
  collection: { insertOne(document: never): Promise<unknown> } & Deletable,
  settle: Settle,
  document: D,
): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await collection.insertOne(document as never);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const found = (await collection.findOne({ _id: document._id } as never)) as D | null;
    if (!found) continue;
    if (!found.hold || !isFree(await settle(found.hold))) return false;
    await collection.deleteOne({ _id: document._id, 'hold.nonce': found.hold.nonce } as never);
  }
  return false;
}

/** What a write that became this still holds may go to another. */
export const isFree = (became: Settled) => became === 'lost' || became === 'passed';

interface Deletable {
  findOne(filter: never): Promise<unknown>;
  deleteOne(filter: never): Promise<unknown>;
}
