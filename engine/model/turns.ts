import { setImmediate } from 'node:timers/promises';

const TURN_MS = 10;

/** Long work in short turns: `next` lets the event loop go on when the current turn has taken its time. */
export class Turns {
  #since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
