/** A count that takes longer is not made anew for everyone who asks. */
const SLOW_MS = 50;
/** Of slow counts, so many times the time that one takes lie between two of them: a tenth of the time is spent counting. */
const APART = 10;
/** But no longer than this. */
const OLDEST_MS = 60_000;

export interface Shared<Counts> {
  readonly counts: Counts;
  /** From before: it is being counted anew, and whoever asks again in a moment gets that. */
  readonly outdated: boolean;
}

/** In ms. */
interface Clocks {
  /** That of the cases, which may leap. */
  readonly clock: () => number;
  readonly monotonic?: () => number;
}

/**
 * The count, made for each that asks while it is quick; one that took long among quick ones did so by chance. While it is slow
 * all share one for a while. Then, and after a leap of the clock, what was counted last is told at once as outdated, and
 * counted again behind it. The first waits, and so does whoever asks for an outdated one after counting failed: they hear of it.
 */
export function sharedCount<Counts>(
  count: () => Promise<Counts>,
  { clock, monotonic = () => performance.now() }: Clocks,
) {
  let last: { counts: Counts; begun: number; at: number; took: number; usual: number } | undefined;
  let underWay: Promise<Counts> | undefined;
  let failed = false;

  async function countAnew(): Promise<Counts> {
    const [begun, at] = [monotonic(), clock()];
    const counts = await count();
    const took = monotonic() - begun;
    if (!last || last.begun <= begun) last = { counts, begun, at, took, usual: Math.min(took, last?.took ?? took) };
    failed = false;
    return counts;
  }

  function countForAll(): Promise<Counts> {
    underWay ??= countAnew().finally(() => (underWay = undefined));
    underWay.catch(() => (failed = true)); // whoever waits for it hears of it
    return underWay;
  }

  return async (): Promise<Shared<Counts>> => {
    if (!last || last.usual < SLOW_MS) return { counts: await countAnew(), outdated: false };
    const { counts, begun, at, usual } = last;
    const age = Math.max(monotonic() - begun, Math.abs(clock() - at));
    const outdated = age >= Math.min(APART * usual, OLDEST_MS);
    if (!outdated) return { counts, outdated };
    const next = countForAll();
    return failed ? { counts: await next, outdated: false } : { counts, outdated };
  };
}
