/** A case was written, up to this event. Ids and numbers only: whoever hears of it asks the store. */
export interface PeerChange {
  readonly caseId: string;
  readonly seq: number;
}

export interface PeerListener {
  changed(change: PeerChange): void;
  /** Something may have been missed: look at everything again. */
  missed(): void;
}

/**
 * What other nodes write, for live screens. A hint like every other: the store is the truth, and what is told may come
 * twice or late. Adapters: redis/ (at once), polling-peers.ts (within a second or two), and none.
 */
export interface PeerChanges {
  /** A write of this node is durable. Never throws. */
  tell(change: PeerChange): void;
  /** Changes of other nodes, not those told here. Answers how to stop listening. */
  listen(listener: PeerListener): () => void;
  stop(): Promise<void>;
}

/** A node that has no peers. */
export const NO_PEERS: PeerChanges = {
  tell: () => undefined,
  listen: () => () => undefined,
  stop: () => Promise.resolve(),
};
