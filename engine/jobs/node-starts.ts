import type { Clock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Store } from '../store/ports.ts';

const COLLECTION = 'node-starts';
/** Only the last so many nodes are kept, in places that are used again. */
const PLACES = 128;
/** More than a job does by itself that has three tries, two of them beside others, where three nodes have just begun. */
const MANY = 6;

/** What a node wrote down of itself. Where it went away `alone` stays: the suspect (suspects.ts) it ran, and since when. */
export interface NodeLife {
  readonly at: number;
  readonly alone?: { readonly job: string; readonly since: number };
}

/** When nodes began to work, and which suspects they were running when they went away. */
export interface NodeStarts {
  /** This node begins. */
  note(): Promise<void>;
  /** It begins a suspect, and does nothing else. */
  begins(jobId: string): Promise<void>;
  /** It lived through it. */
  ended(jobId: string): Promise<void>;
  /** What the last nodes wrote, dead or alive. */
  read(): Promise<readonly NodeLife[]>;
}

export function nodeStarts({ store, clock }: { store: Store; clock: Clock }): NodeStarts {
  let place: Promise<string> | undefined;
  let life: NodeLife | undefined;

  async function write(change?: Pick<NodeLife, 'alone'>): Promise<void> {
    life = { at: life?.at ?? clock.now(), ...change };
    const document: JsonObject = { ...life };
    await store.putDocument(COLLECTION, await ownPlace(), document);
  }

  function ownPlace(): Promise<string> {
    place ??= store.nextNumber(COLLECTION).then((number) => String(number % PLACES));
    place.catch(() => (place = undefined)); // asked for again
    return place;
  }

  return {
    note: () => write(),
    begins: (job) => write({ alone: { job, since: clock.now() } }),
    async ended(job) {
      if (life?.alone?.job === job) await write();
    },
    async read() {
      return (await store.listDocuments(COLLECTION)).map(({ document }) => document as unknown as NodeLife);
    },
  };
}

/** Whether many nodes went away in so many ms until then, and not by the suspects that they ran. */
export function wentMany(lives: readonly NodeLife[], until: number, ms: number): boolean {
  return wentAway(lives, until - ms, until) >= MANY;
}

/** When this job ran alone, lately; undefined where nobody knows any more. */
export function beganAlone(lives: readonly NodeLife[], jobId: string): number | undefined {
  const began = lives.flatMap(({ alone }) => (alone?.job === jobId ? alone.since : []));
  return began.length > 0 ? Math.max(...began) : undefined;
}

/**
 * Whether a node began later: where one went away, another begins. A node that only does not reach its store lives on, and its
 * jobs' leases run out all the same.
 */
export function beginsAfter(lives: readonly NodeLife[], moment: number): boolean {
  return lives.some(({ at }) => at > moment);
}

/** When a suspect began last that has not ended: its node is at it, or went away. */
export function lastTrial(lives: readonly NodeLife[]): number {
  return Math.max(-Infinity, ...lives.map(({ alone }) => alone?.since ?? -Infinity));
}

/**
 * How many nodes went away other than by a suspect. For each that went away another begins, sooner or later: one that
 * begins after a suspect began is put down to it.
 */
export function wentAway(lives: readonly NodeLife[], since: number, until = Infinity): number {
  const within = ({ at }: { at: number }) => at >= since && at <= until;
  const begins = lives.map(({ at }) => ({ at, suspect: false }));
  const suspects = lives.flatMap(({ alone }) => (alone ? { at: alone.since, suspect: true } : []));
  let count = 0;
  let open = 0;
  for (const { suspect } of [...suspects, ...begins].filter(within).sort((a, b) => a.at - b.at)) {
    if (suspect) open++;
    else if (open > 0) open--;
    else count++;
  }
  return count;
}
