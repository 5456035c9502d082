/**
 * A queue only says "look now": due rows in the store are the truth, so a lost hint makes work later by one sweep, never
 * lost, and a hint that comes twice finds nothing the second time. Adapters: in-process here; bull/ spreads the hints over
 * the nodes of one Redis. Defined by test/contracts/wake-up.contract.ts.
 */
export interface WakeUp {
  /** Human-readable, shown in the banner. */
  readonly description: string;
  /**
   * Work may be due at this instant (ms). `job`: the row it is about, where one is known; nothing else about it may leave
   * the node. Never throws. Hints before `start`, after `stop` and for a time far off may be dropped.
   */
  hint(dueAt: number, job?: string): void;
  /** Calls `look` soon after each hint is due, on this node or on another. Without `look` this node only tells others. */
  start(look?: () => void): void;
  stop(): Promise<void>;
}

/** Beyond this the sweeper finds the work by itself; it also keeps timers far from their limit of 24.8 days. */
export const HORIZON_MS = 60_000;
