/** Whether this node is about to end. Begins once, and never ends. */
export interface Stopping {
  readonly begun: boolean;
  begin(): void;
  /** Calls `tell` when it begins, at once if it has; answers how to be told no more. */
  whenBegun(tell: () => void): () => void;
}

export function createStopping(): Stopping {
  const listeners = new Set<() => void>();
  let begun = false;
  return {
    get begun() {
      return begun;
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
