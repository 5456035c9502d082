import { MongoBulkWriteError, type Collection, type Document, type Filter, type Update } from './driver.ts';

/** An update of one row that lands only where its filter lets it, and so may be repeated. */
export interface Guarded<D extends Document> {
  readonly filter: Filter<D>;
  readonly update: Update<D>;
  readonly upsert?: boolean;
}

/**
 * Applies updates of different rows, in one request. An upsert whose filter refuses the row that is there fails as a
 * duplicate: that is its guard. It may also have met another that put the row at the same moment, so it is looked at
 * once more without the upsert.
 */
export async function applyGuarded<D extends Document>(
  collection: Collection<D>,
  changes: readonly Guarded<D>[],
): Promise<void> {
  if (changes.length === 0) return;
  const send = (list: readonly Guarded<D>[], upsert: boolean) =>
    collection.bulkWrite(
      list.map((change) => ({
        updateOne: { filter: change.filter, update: change.update, upsert: upsert && change.upsert === true },
      })),
      { ordered: false },
    );
  try {
    await send(changes, true);
  } catch (error) {
    const met = duplicates(error);
    if (!met) throw error;
    await send(
      met.map((index) => changes[index]!),
      false,
    );
  }
}

/** Which operations failed as duplicates; undefined when anything else went wrong as well. */
function duplicates(error: unknown): number[] | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const failed = [error.writeErrors].flat();
  const others = failed.some(({ code }) => code !== 11000) || error.result.getWriteConcernError() !== undefined;
  return failed.length === 0 || others ? undefined : failed.map(({ index }) => index);
}
