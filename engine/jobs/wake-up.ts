/**
 * A queue only says "look now": due rows in the store are the truth, so a lost hint makes work later by one sweep, never
 * lost. Adapters: in-process here; one on Redis may spread hints over nodes.
 */
export interface WakeUp {
  /** Human-readable, shown in the banner. */
  readonly description: string;
  /** Work may be due at this instant (ms). */
  hint(dueAt: number): void;
  /** Calls `look` soon after each hint is due. */
  start(look: () => void): void;
  stop(): Promise<void>;
}
