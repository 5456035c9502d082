import type { Exchange } from './evidence.ts';

/** From when to when (wall time, ms) nodes did not reach their store, or not well. */
export interface StoreAway {
  readonly from: number;
  readonly to: number;
  /** Which nodes; all where none are named. */
  readonly nodes?: readonly number[];
}

/** So long after it is there again a node may need to notice, ms. */
const NOTICE_MS = 8_000;

/**
 * A node that does not reach its store cannot answer, and says just that: 503 `store.unavailable`. This is honest while it
 * is so, and at no other time; no other answer of that kind is.
 */
export function honestlyAway({ status, body, node, sent, answered }: Exchange, away: readonly StoreAway[]): boolean {
  if (status !== 503 || (body as { code?: string } | undefined)?.code !== 'store.unavailable') return false;
  return away.some(
    ({ from, to, nodes }) => answered >= from && sent <= to + NOTICE_MS && (nodes?.includes(node) ?? true),
  );
}
