import type { Channel } from './channel.ts';

/** How many numbers one durable write reserves. A crash skips the rest of them; a number is never given twice. */
const RESERVED = 64;

interface Range {
  last: number;
  end: number;
}

/** Gives numbers from reserved ranges, so that most case starts need not ask the store for theirs. */
export class Numbers {
  readonly #channel: Channel;
  readonly #ranges = new Map<string, Promise<Range>>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  async next(counter: string): Promise<number> {
    for (;;) {
      const pending = this.#ranges.get(counter) ?? this.#reserve(counter);
      const range = await pending;
      if (range.last < range.end) return ++range.last;
      // whoever comes first reserves for all that wait
      if (this.#ranges.get(counter) === pending) this.#ranges.delete(counter);
    }
  }

  /** Gives unused numbers back, for a clean close. */
  async giveBack(): Promise<void> {
    for (const [counter, pending] of this.#ranges) {
      const range = await pending;
      if (range.last < range.end) await this.#channel.call('setCounter', counter, range.last);
    }
    this.#ranges.clear();
  }

  #reserve(counter: string): Promise<Range> {
    const range = this.#channel.call('reserveNumbers', counter, RESERVED).then((last) => {
      return { last: last as number, end: (last as number) + RESERVED };
    });
    this.#ranges.set(counter, range);
    range.catch(() => this.#ranges.delete(counter));
    return range;
  }
}
