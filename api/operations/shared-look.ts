/** A look that takes longer is not taken anew for everyone who asks. */
const SLOW_MS = 50;
/** Of slow looks, so many times the time that one takes lie between two of them: a tenth of the time is spent looking. */
const APART = 10;
/** But no longer than this. */
const OLDEST_MS = 60_000;

export interface Shared<Seen> {
  readonly seen: Seen;
  /** From before: somebody is looking anew, and whoever asks again in a moment gets that. */
  readonly outdated: boolean;
}

/** Each tells ms. */
interface Clocks {
  /** That of the cases, which may leap. */
  readonly clock: () => number;
  readonly monotonic?: () => number;
}

/**
 * A look at the store, taken for each that asks while it is quick; one that took long among quick ones did so by chance.
 * While it is slow all share one for a while. Then, and after a leap of the clock, what was seen last is told at once as
 * outdated, and looked at again behind it. The first waits, and so does whoever asks for an outdated one after looking
 * failed: they hear of it.
 */
export function sharedLook<Seen>(
  look: () => Promise<Seen>,
  { clock, monotonic = () => performance.now() }: Clocks,
): () => Promise<Shared<Seen>> {
  let last: { seen: Seen; begun: number; at: number; took: number; usual: number } | undefined;
  let underWay: Promise<Seen> | undefined;
  let failed = false;

  async function lookAnew(): Promise<Seen> {
    const [begun, at] = [monotonic(), clock()];
    const seen = await look();
    const took = monotonic() - begun;
    if (!last || last.begun <= begun) last = { seen, begun, at, took, usual: Math.min(took, last?.took ?? took) };
    failed = false;
    return seen;
  }

  function lookForAll(): Promise<Seen> {
    underWay ??= lookAnew().finally(() => (underWay = undefined));
    underWay.catch(() => (failed = true)); // whoever waits for it hears of it
    return underWay;
  }

  return async () => {
    if (!last || last.usual < SLOW_MS) return { seen: await lookAnew(), outdated: false };
    const { seen, begun, at, usual } = last;
    const age = Math.max(monotonic() - begun, Math.abs(clock() - at));
    const outdated = age >= Math.min(APART * usual, OLDEST_MS);
    if (!outdated) return { seen, outdated };
    const next = lookForAll();
    return failed ? { seen: await next, outdated: false } : { seen, outdated };
  };
}
