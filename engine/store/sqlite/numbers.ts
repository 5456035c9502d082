import type { Database } from './driver.ts';
import { counterValue, setCounter } from './records.ts';
import type { Written } from './operations.ts';

/** How many numbers one durable write reserves. A crash skips the rest of them; a number is never given twice. */
const RESERVED = 64;

/** Gives numbers from reserved ranges, so that most case starts need no write of their own for the number. */
export class Numbers {
  readonly #ranges = new Map<string, { last: number; end: number }>();

  next(database: Database, name: string): Written {
    const range = this.#ranges.get(name);
    if (range && range.last < range.end) return { answer: String(++range.last), changed: false };
    const last = counterValue(database, name) + 1;
    const end = last + RESERVED - 1;
    setCounter(database, name, end);
    this.#ranges.set(name, { last, end });
    return { answer: String(last), changed: true, replay: JSON.stringify(['setCounter', name, end]) };
  }

  /** The reservations may not have been kept: reserve anew. */
  forget(): void {
    this.#ranges.clear();
  }

  /** Operations that give unused numbers back, for a clean close. */
  unused(): string[] {
    const left = [...this.#ranges].filter(([, range]) => range.last < range.end);
    return left.map(([name, range]) => JSON.stringify(['setCounter', name, range.last]));
  }
}
