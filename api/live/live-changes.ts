import type { CaseChange, Engine, PeerChange, PeerChanges, Store } from '../../engine/index.ts';

export interface LiveListener {
  /** On whichever node: the case as it is after the change, and tasks that changed (of another node's change: all). */
  changed(change: CaseChange): void;
  /** Something may have been missed: look again. */
  missed(): void;
}

/** Changes of cases, wherever they were made. */
export interface LiveChanges {
  listen(listener: LiveListener): () => void;
  /** Something else than a case has changed what screens show, such as the time: all look again. */
  lookAgain(): void;
}

export interface LiveDeps {
  readonly engine: Pick<Engine, 'onChange' | 'findCase'>;
  readonly store: Pick<Store, 'listTasksOfCase'>;
  readonly peers: PeerChanges;
  onError(error: unknown): void;
}

/** Tells the peers what this node writes, and the listeners what any node writes. A peer's case is read once for all of them. */
export function liveChanges({ engine, store, peers, onError }: LiveDeps): LiveChanges {
  const listeners = new Set<LiveListener>();
  let stopPeers: (() => void) | undefined;
  const changed = (change: CaseChange) => listeners.forEach((listener) => listener.changed(change));
  const lookAgain = () => listeners.forEach((listener) => listener.missed());

  engine.onChange((change) => {
    peers.tell({ caseId: change.caseId, seq: change.case.lastSeq });
    changed(change);
  });

  async function read({ caseId }: PeerChange): Promise<void> {
    const [row, tasks] = await Promise.all([engine.findCase(caseId), store.listTasksOfCase(caseId)]);
    if (row) changed({ caseId, rev: row.rev, case: row, events: [], tasks });
  }

  return {
    listen(listener) {
      listeners.add(listener);
      stopPeers ??= peers.listen({
        changed: (change) => void read(change).catch(onError),
        missed: lookAgain,
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopPeers?.();
        stopPeers = undefined;
      };
    },
    lookAgain,
  };
}
