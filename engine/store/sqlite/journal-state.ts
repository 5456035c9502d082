/** Places in the shared memory. */
const [LOCK, OPEN, EPOCH, END, LONE, FAILED] = [0, 1, 2, 3, 4, 5];
const PLACES = 6;

/**
 * What the two threads that write the journal have to agree on: whose turn it is, where the next record begins and which
 * epoch it belongs to. Shared memory, so that the store's thread and the callers' thread see one truth.
 */
export class JournalState {
  readonly memory: Int32Array<SharedArrayBuffer>;

  constructor(memory = new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT))) {
    this.memory = memory;
  }

  /** May records be written past the store's thread? Only that thread changes it. */
  get open(): boolean {
    return Atomics.load(this.memory, OPEN) === 1;
  }
  set open(open: boolean) {
    Atomics.store(this.memory, OPEN, open ? 1 : 0);
  }

  get epoch(): number {
    return Atomics.load(this.memory, EPOCH);
  }
  set epoch(epoch: number) {
    Atomics.store(this.memory, EPOCH, epoch);
  }

  /** Where the next record begins, in bytes. */
  get end(): number {
    return Atomics.load(this.memory, END);
  }
  set end(end: number) {
    Atomics.store(this.memory, END, end);
  }

  /** How many records have been written past the store's thread since the start. */
  get lone(): number {
    return Atomics.load(this.memory, LONE);
  }
  set lone(lone: number) {
    Atomics.store(this.memory, LONE, lone);
  }

  /** A sync has failed: what the disk holds is unknown from then on. */
  get failed(): boolean {
    return Atomics.load(this.memory, FAILED) === 1;
  }
  fail(): void {
    Atomics.store(this.memory, FAILED, 1);
  }

  /** Runs `work` when nobody else writes. The other side holds the lock for one disk sync at most. */
  locked<T>(work: () => T): T {
    while (!this.tryLock()) Atomics.wait(this.memory, LOCK, 1);
    try {
      return work();
    } finally {
      this.unlock();
    }
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.memory, LOCK, 0, 1) === 0;
  }

  unlock(): void {
    Atomics.store(this.memory, LOCK, 0);
    Atomics.notify(this.memory, LOCK);
  }
}
