import type { Clock } from '../../kernel/clock.ts';
import type { Anchor, Collections, Pending } from './documents.ts';
import type { Collection } from './driver.ts';
import { project } from './project.ts';

export type AnchorName = 'cases' | 'definitions' | 'records';
const ANCHORS: readonly AnchorName[] = ['cases', 'definitions', 'records'];
const BATCH = 500;

interface Clearing {
  name: AnchorName;
  id: string;
  rev: number;
  nonces: string[];
  /** Settles when the answers of the entries are kept. */
  answered: Promise<unknown>;
}

/** What a look found, and how often it was tended. */
interface Seen {
  rev: number;
  tended: number;
}

/** Puts pending rows in place and clears exactly what was put. */
export interface Projector {
  /** After a write: what earlier steps left (`before`), then its own entry. Clearing follows by itself. */
  projectAfter(name: AnchorName, id: string, before: readonly Pending[], own: Pending): Promise<void>;
  /** Whatever is pending of one document. */
  projectAll(name: AnchorName, id: string): Promise<void>;
  /**
   * Finishes for nodes that died. Without `all` only what was pending at the look before as well: no clock is asked, and
   * nodes at work are left alone. Ends early when `isOver`; the next look goes on with what this one left. Answers how many
   * documents it tended. What one of them fails with is thrown when the others are tended.
   */
  heal(look?: { all?: boolean; isOver?: () => boolean }): Promise<number>;
  /** Waits until what is in place is also cleared. */
  settled(): Promise<void>;
}

export function createProjector(into: Collections, clock: Clock, projected: () => Promise<void> | void): Projector {
  /** In place by this node, not yet cleared. */
  const inPlace = new Set<string>();
  const queue: Clearing[] = [];
  let clearing: Promise<void> | undefined;
  let seen = new Map<string, Seen>();

  /** Resolves when the rows are in place; the answers that come with them follow. */
  async function inOrder(name: AnchorName, id: string, rev: number, entries: readonly Pending[]): Promise<Clearing> {
    const answers: Promise<unknown>[] = [];
    for (const entry of [...entries].sort((a, b) => a.rev - b.rev)) {
      if (inPlace.has(entry.nonce)) continue;
      const giveAnswer = await project(into, entry, clock.now());
      answers.push(noticed(giveAnswer()));
    }
    for (const { nonce } of entries) inPlace.add(nonce);
    await projected();
    const one = { name, id, rev, nonces: entries.map(({ nonce }) => nonce), answered: noticed(Promise.all(answers)) };
    queue.push(one);
    clearing ??= clearQueue().finally(() => (clearing = undefined));
    return one;
  }

  /** Many at once while there are many. What fails stays for the healer. */
  async function clearQueue(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH);
      const answered = await Promise.allSettled(batch.map((one) => one.answered));
      const done = batch.filter((_, i) => answered[i]!.status === 'fulfilled');
      await Promise.all(ANCHORS.map((name) => clear(name, done))).catch(() => undefined);
      for (const nonce of batch.flatMap(({ nonces }) => nonces)) inPlace.delete(nonce);
    }
  }

  /** Only while the document is where it was: a later step may have left more, and clears it all. */
  async function clear(name: AnchorName, batch: Clearing[]): Promise<void> {
    const own = batch.filter((one) => one.name === name);
    if (own.length === 0) return;
    if (name === 'records') {
      await into.records.deleteMany({ _id: { $in: own.map(({ id }) => id) } });
      return;
    }
    const updates = own.map(({ id, rev, nonces }) => ({
      updateOne: {
        filter: { _id: id, rev: { $eq: rev } },
        update: { $pull: { pending: { nonce: { $in: nonces } } }, $unset: { pendingRev: '' as const } },
      },
    }));
    await anchors(name).bulkWrite(updates, { ordered: false });
  }

  function anchors(name: AnchorName): Collection<Anchor> {
    return into[name] as unknown as Collection<Anchor>;
  }

  async function projectAll(name: AnchorName, id: string): Promise<void> {
    const found = await anchors(name).findOne({ _id: id }, { projection: { rev: 1, pending: 1 } });
    if (found?.pending?.length) await (await inOrder(name, id, found.rev, found.pending)).answered;
  }

  return {
    async projectAfter(name, id, before, own) {
      await inOrder(name, id, own.rev, [...before, own]);
    },
    projectAll,
    async heal({ all = false, isOver = () => false } = {}) {
      const now = new Map<string, Seen>();
      const waiting: { name: AnchorName; id: string; seen: Seen }[] = [];
      for (const name of ANCHORS) {
        const found = await anchors(name)
          .find({ pendingRev: { $gt: 0 } }, { projection: { rev: 1 } })
          .limit(BATCH)
          .toArray();
        for (const { _id: id, rev } of found) {
          const before = seen.get(`${name} ${id}`);
          const here = { rev, tended: before?.tended ?? 0 };
          now.set(`${name} ${id}`, here);
          if (all || before?.rev === rev) waiting.push({ name, id, seen: here });
        }
      }
      seen = now;
      // whoever was left over comes first, and who fails again and again keeps nobody else waiting
      waiting.sort((a, b) => a.seen.tended - b.seen.tended);
      let tended = 0;
      const failures: unknown[] = [];
      for (const { name, id, seen: here } of waiting) {
        if (isOver()) break;
        here.tended++;
        tended++;
        await projectAll(name, id).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
      return tended;
    },
    async settled() {
      while (clearing) await clearing;
    },
  };
}

/** That it fails is no news to the process: what it did not do stays pending, for the healer. */
function noticed<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}
