/** A count that takes longer is not made anew for everyone who asks. */
const SLOW_MS = 50;
/** Of slow counts, so many times the time that one takes lie between two of them: a tenth of the time is spent counting. */
const APART = 10;
/** An older one is told nobody: where nobody asked for so long, the next one waits. */
const OLDEST_MS = 60_000;

/**
 * The count, made for each that asks while it is quick. While it is slow all share one: what was counted lately is told at
 * once, and counted again behind it. `now`: monotonic, in ms.
 */
export function sharedCount<Counts>(count: () => Promise<Counts>, now = () => performance.now()) {
  let last: { counts: Counts; begun: number; took: number } | undefined;
  let underWay: Promise<Counts> | undefined;

  async function countAnew(): Promise<Counts> {
    const begun = now();
    const counts = await count();
    if (!last || last.begun <= begun) last = { counts, begun, took: now() - begun };
    return counts;
  }

  function countForAll(): Promise<Counts> {
    underWay ??= countAnew().finally(() => (underWay = undefined));
    underWay.catch(() => undefined); // whoever waits for it hears of it
    return underWay;
  }

  return async (): Promise<Counts> => {
    if (!last || last.took < SLOW_MS) return countAnew();
    const { counts, begun, took } = last;
    const age = now() - begun;
    if (age < Math.min(APART * took, OLDEST_MS)) return counts;
    const next = countForAll();
    return age < OLDEST_MS ? counts : next;
  };
}
