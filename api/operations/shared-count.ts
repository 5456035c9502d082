/** A count that takes longer is not made anew for everyone who asks. */
const SLOW_MS = 50;
/** Of slow counts, so many times the time that one takes lie between two of them: a tenth of the time is spent counting. */
const APART = 10;
/** An older one is told with that said. */
const OLDEST_MS = 60_000;

export interface Shared<Counts> {
  readonly counts: Counts;
  /** Older than a minute: it is being counted anew, and whoever asks again in a moment gets that. */
  readonly outdated: boolean;
}

/**
 * The count, made for each that asks while it is quick. While it is slow all share one: what was counted last is told at
 * once, and counted again behind it. The first waits, and so does whoever asks for an outdated one after counting failed:
 * they hear of it. `now`: monotonic, in ms.
 */
export function sharedCount<Counts>(count: () => Promise<Counts>, now = () => performance.now()) {
  let last: { counts: Counts; begun: number; took: number } | undefined;
  let underWay: Promise<Counts> | undefined;
  let failed = false;

  async function countAnew(): Promise<Counts> {
    const begun = now();
    const counts = await count();
    if (!last || last.begun <= begun) last = { counts, begun, took: now() - begun };
    failed = false;
    return counts;
  }

  function countForAll(): Promise<Counts> {
    underWay ??= countAnew().finally(() => (underWay = undefined));
    underWay.catch(() => (failed = true)); // whoever waits for it hears of it
    return underWay;
  }

  return async (): Promise<Shared<Counts>> => {
    if (!last || last.took < SLOW_MS) return { counts: await countAnew(), outdated: false };
    const { counts, begun, took } = last;
    const age = now() - begun;
    const outdated = age >= OLDEST_MS;
    if (outdated && failed) return { counts: await countForAll(), outdated: false };
    if (age >= Math.min(APART * took, OLDEST_MS)) void countForAll();
    return { counts, outdated };
  };
}
