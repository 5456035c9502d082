import type { ClusterCity } from '../city.ts';

/** Does the work, during which these nodes (default: all) may answer that their store is away. */
export async function whileStoreIsAway<T>(
  { storeAway }: ClusterCity,
  work: () => Promise<T>,
  nodes?: readonly number[],
): Promise<T> {
  const from = Date.now();
  const open = { from, to: Infinity, ...(nodes && { nodes }) };
  const at = storeAway.push(open) - 1;
  try {
    return await work();
  } finally {
    storeAway[at] = { ...open, to: Date.now() };
  }
}
