import type { LeasedJob } from '../store/ports.ts';

/** Jobs that run side by side on one node, where the store keeps up. */
export const HANDS = 32;
/** … and where it does not: more at once would only wait there, and people's requests behind them. */
export const FEWEST_HANDS = 8;
/** A job that only reads and writes the store takes longer than this where the store does not keep up. */
const CROWDED_STORE_MS = 200;
const WAITS_FOR_OTHERS = new Set<LeasedJob['kind']>(['service', 'send', 'follow-up']);
/** Leased ahead, so that a node asks the store for many at once. */
export const AHEAD = 64;
/** What takes longer than this only waits for somebody else, and keeps no hand from other work. */
export const SLOW_MS = 1_000;
/** … but so many at most. */
export const MOST_SLOW = 224;
const TICK_MS = 250;

export interface Hands {
  /** Begins a job, or lets it wait for a free hand. */
  take(job: LeasedJob): void;
  /** How many jobs may be leased; with `few` none ahead. */
  room(few?: boolean): number;
  /** Nothing is under way but what only waits for somebody else. */
  idle(): boolean;
  /** Jobs under way and waiting. */
  jobs(): LeasedJob[];
  /** Resolves when all that was taken has ended. */
  ended(): Promise<void>;
  /** Takes the jobs that have not begun back out. */
  drop(): LeasedJob[];
}

export interface HandsOptions {
  run(job: LeasedJob): Promise<void>;
  /** Something ended, or turned out to be slow. */
  onFree(): void;
  /** Four times a second while there is something to do. */
  onTick(): void;
}

/** What one node works on: so many jobs at once as the store keeps up with, and a few that wait for their turn. */
export function createHands({ run, onFree, onTick }: HandsOptions): Hands {
  const underWay = new Map<LeasedJob, { begun: number; work: Promise<void> }>();
  const waiting: LeasedJob[] = [];
  let ticking: NodeJS.Timeout | undefined;
  let hands = HANDS;

  function quick(): number {
    const since = performance.now() - SLOW_MS;
    let count = 0;
    for (const { begun } of underWay.values()) if (begun > since) count++;
    return count;
  }

  function pump(): void {
    while (waiting.length > 0 && quick() < hands && underWay.size < HANDS + MOST_SLOW) begin(waiting.shift()!);
  }

  /** Fewer at once by a tenth with each that was slow, one more with each round that was not. */
  function adapt({ kind }: LeasedJob, ms: number): void {
    if (WAITS_FOR_OTHERS.has(kind)) return;
    hands = ms > CROWDED_STORE_MS ? Math.max(FEWEST_HANDS, hands * 0.9) : Math.min(HANDS, hands + 1 / hands);
  }

  function begin(job: LeasedJob): void {
    const begun = performance.now();
    const work = run(job).finally(() => {
      underWay.delete(job);
      adapt(job, performance.now() - begun);
      pump();
      if (underWay.size === 0) stopTicking();
      onFree();
    });
    underWay.set(job, { begun, work });
    ticking ??= setInterval(tick, TICK_MS).unref();
  }

  function tick(): void {
    pump();
    onTick();
    onFree();
  }

  function stopTicking(): void {
    clearInterval(ticking);
    ticking = undefined;
  }

  return {
    take(job) {
      waiting.push(job);
      pump();
    },
    room(few = false) {
      if (few) return Math.max(0, FEWEST_HANDS - quick() - waiting.length);
      const free = Math.min(hands - quick(), HANDS + MOST_SLOW - underWay.size);
      return Math.max(0, Math.floor(free) + AHEAD - waiting.length);
    },
    idle: () => waiting.length === 0 && quick() === 0,
    jobs: () => [...underWay.keys(), ...waiting],
    async ended() {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ work }) => work));
    },
    drop: () => waiting.splice(0),
  };
}
