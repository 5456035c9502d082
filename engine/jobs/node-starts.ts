import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/ports.ts';

const COLLECTION = 'node-starts';
/** Only the last so many starts are kept, in places that are used again. */
const PLACES = 32;
/**
 * A job that brings down its nodes does so once in the time of a lease (10 s): it alone makes no five starts in this time,
 * ms, nor does it where three nodes had just begun.
 */
const LATELY_MS = 20_000;
const MANY = 5;

/** When nodes began to work: where many do so all the time, nodes go away by a cause that is none of the jobs. */
export interface NodeStarts {
  /** This node begins. */
  note(): Promise<void>;
  areMany(): Promise<boolean>;
}

export function nodeStarts({ store, clock }: { store: Store; clock: Clock }): NodeStarts {
  return {
    async note() {
      const place = (await store.nextNumber(COLLECTION)) % PLACES;
      await store.putDocument(COLLECTION, String(place), { at: clock.now() });
    },
    async areMany() {
      const since = clock.now() - LATELY_MS;
      const starts = await store.listDocuments(COLLECTION);
      return starts.filter(({ document }) => Number(document.at) >= since).length >= MANY;
    },
  };
}
