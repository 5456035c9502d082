/**
 * One case on one engine, driven from outside one happening at a time. What both sides must agree on after each of them:
 * which elements ended and which flows were taken (as often as they were, in any order, for within one step branches are
 * concurrent), and what the case waits for now. Between steps the order is fixed, and so what happened before what.
 */
export interface Runner {
  start(): Promise<void>;
  /** `task review`, `job notify`, `timer reminder`, `message news`: each as often as it waits, sorted. */
  waiting(): string[];
  /** Lets the longest waiting of these happen. */
  happen(what: string): void;
  /** Elements that ended and flows that were taken since the last call, sorted. */
  drain(): string[];
  ended(): boolean;
  stop(): void;
}
