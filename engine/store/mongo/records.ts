import type { JsonObject } from '../../kernel/json.ts';
import type { DocumentQuery, Receipt } from '../ports.ts';
import type { NamedDocument } from './documents.ts';
import { again } from './driver.ts';
import { applyGuarded } from './guarded.ts';
import { holdNew, isFree } from './holds.ts';
import { keyOf, whole } from './keys.ts';
import { documentId, receiptDocument, receiptOf } from './rows.ts';
import type { Session } from './session.ts';
import { inTurn, takeTurns } from './turns.ts';

const LOOK_AGAIN_MS = 50;

/**
 * An answer that a write holds counts once that write has landed. While it may still land this waits: whoever repeats a
 * request must hear what became of it. That takes as long as a write is given, at most.
 */
export async function findReceipt(
  { into, settle, projector }: Session,
  key: string,
  now: number,
  ofCase?: string,
): Promise<Receipt | undefined> {
  // whoever is given the answer finds the rows of its step
  if (ofCase !== undefined) await projector.projectAll('cases', keyOf(ofCase));
  let found = await into.receipts.findOne({ _id: keyOf(key) });
  while (found?.hold) {
    const { nonce } = found.hold;
    const became = await settle(found.hold);
    if (isFree(became)) await into.receipts.deleteOne({ _id: keyOf(key), 'hold.nonce': nonce });
    if (became === 'open') await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    found = await into.receipts.findOne({ _id: keyOf(key) });
  }
  if (!found) return undefined;
  if (found.expiresAt > now) return receiptOf(found);
  await into.receipts.deleteOne({ _id: keyOf(key), expiresAt: { $lte: whole(now) } });
  return undefined;
}

export async function addReceipt({ into, settle }: Session, receipt: Receipt): Promise<boolean> {
  return holdNew(into.receipts as never, settle, receiptDocument(receipt));
}

export async function getDocument({ into }: Session, collection: string, id: string): Promise<JsonObject | undefined> {
  const found = await into.documents.findOne({ _id: keyOf(documentId(collection, id)) });
  return found?.body === undefined ? undefined : (JSON.parse(found.body) as JsonObject);
}

export async function putDocument(
  { into }: Session,
  collection: string,
  id: string,
  document: JsonObject,
  tags: readonly string[] = [],
): Promise<void> {
  const documents = [{ collection, id, document, tags }];
  await applyGuarded(into.documents, inTurn(documents, await takeTurns(into, documents)));
}

export async function listDocuments({ into }: Session, collection: string) {
  const found = await into.documents
    .find({ collection: keyOf(collection) })
    .sort({ id: 1 })
    .toArray();
  return found.map(withId);
}

export async function findDocuments({ into }: Session, { collection, tag, before, limit }: DocumentQuery) {
  const filter = {
    collection: keyOf(collection),
    ...(tag !== undefined && { tags: keyOf(tag) }),
    ...(before !== undefined && { id: { $lt: keyOf(before) } }),
  };
  const found = await into.documents.find(filter).sort({ id: -1 }).limit(limit).toArray();
  return found.map(withId);
}

function withId({ _id, body }: NamedDocument): { id: string; document: JsonObject } {
  return { id: (JSON.parse(_id) as [string, string])[1], document: JSON.parse(body!) as JsonObject };
}

export async function nextNumber({ into }: Session, counter: string): Promise<number> {
  const before = await again(() =>
    into.counters.findOneAndUpdate(
      { _id: keyOf(counter) },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'before' },
    ),
  );
  return (before?.value ?? 0) + 1;
}
