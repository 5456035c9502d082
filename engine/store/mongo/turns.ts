import type { TaggedDocument } from '../ports.ts';
import type { Collections, NamedDocument } from './documents.ts';
import { again } from './driver.ts';
import type { Guarded } from './guarded.ts';
import { keyOf } from './keys.ts';
import { documentFields, documentId } from './rows.ts';

/**
 * A document belongs to no case: writes of several cases meet in it, and each may be put in place late, by another node,
 * or once more. So each takes a turn at the document before it is written, and lands only over those of earlier turns: what
 * began after another was acknowledged stays. No clock is asked. A turn that is never used costs nothing.
 */
export async function takeTurns(into: Collections, documents: readonly TaggedDocument[] = []): Promise<number[]> {
  return Promise.all(documents.map(({ collection, id }) => takeTurn(into, documentId(collection, id))));
}

async function takeTurn({ documents }: Collections, id: string): Promise<number> {
  const taken = await again(() =>
    documents.findOneAndUpdate(
      { _id: keyOf(id) },
      { $inc: { turns: 1 }, $max: { turn: 0 } },
      { upsert: true, returnDocument: 'after', projection: { turns: 1 } },
    ),
  );
  return taken!.turns!;
}

/** Of a document that is listed twice, the last stays. */
export function inTurn(documents: readonly TaggedDocument[], turns: readonly number[]): Guarded<NamedDocument>[] {
  const last = new Map(documents.map((one, n) => [documentId(one.collection, one.id), { one, turn: turns[n]! }]));
  return [...last].map(([id, { one, turn }]) => ({
    filter: { _id: keyOf(id), turn: { $lt: turn } },
    update: { $set: { ...documentFields(one), turn } },
  }));
}
