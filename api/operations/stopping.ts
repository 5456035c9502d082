/** Whether this node is about to end. Begins once, then it leaves, and never comes back. */
export interface Stopping {
  readonly begun: boolean;
  begin(): void;
  /** Its port is closed: each answer is the last of its connection. */
  readonly leaving: boolean;
  leave(): void;
  /** Calls `tell` when it begins, at once if it has; answers how to be told no more. */
  whenBegun(tell: () => void): () => void;
}

export function createStopping(): Stopping {
  const listeners = new Set<() => void>();
  let begun = false;
  let leaving = false;
  return {
    get begun() {
      return begun;
    },
    get leaving() {
      return leaving;
    },
    leave() {
      leaving = true;
    },
    begin() {
      begun = true;
      for (const tell of listeners) tell();
      listeners.clear();
    },
    whenBegun(tell) {
      if (begun) tell();
      else listeners.add(tell);
      return () => void listeners.delete(tell);
    },
  };
}
