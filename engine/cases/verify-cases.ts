import type { CaseRow, EventRow, Store } from '../store/ports.ts';
import { GENESIS, verifyChain } from './history.ts';

const CASES = 200;
const EVENTS = 1_000;

export interface Verified {
  readonly cases: number;
  readonly events: number;
  /** Cases whose history does not fit: the first number that is wrong or missing. */
  readonly broken: readonly { readonly id: string; readonly number: string; readonly at: number }[];
}

/**
 * Checks the history of every case: no event is missing, changed or out of place, and the last one is the one the case
 * names. Cases that go on meanwhile are checked as far as they had come when they were read.
 */
export async function verifyCases(store: Store): Promise<Verified> {
  const broken: { id: string; number: string; at: number }[] = [];
  let [cases, events] = [0, 0];
  for (let last: CaseRow | undefined; ;) {
    const page = await store.listCases({
      limit: CASES,
      ...(last && { after: { startedAt: last.startedAt, id: last.id } }),
    });
    for (const row of page) {
      cases++;
      events += row.lastSeq;
      const at = await brokenAt(store, row);
      if (at !== undefined) broken.push({ id: row.id, number: row.number, at });
    }
    if (page.length < CASES) return { cases, events, broken };
    last = page.at(-1);
  }
}

async function brokenAt(store: Store, row: CaseRow): Promise<number | undefined> {
  let last: Pick<EventRow, 'seq' | 'hash'> = { seq: 0, hash: GENESIS };
  while (last.seq < row.lastSeq) {
    const limit = Math.min(EVENTS, row.lastSeq - last.seq);
    const batch = await store.listEvents(row.id, last.seq, limit);
    const { ok, brokenAt } = verifyChain(batch, last);
    if (!ok) return brokenAt;
    if (batch.length < limit) return last.seq + batch.length + 1;
    last = batch.at(-1)!;
  }
  return last.hash === row.lastHash ? undefined : row.lastSeq;
}
