import type { DefinitionSummary } from '../ports.ts';

/**
 * The newest version of each key, asked for at every start of a case, on the calling side. No other process publishes
 * here (store.lock).
 */
export class NewestDefinitions {
  readonly #known = new Map<string, DefinitionSummary>();
  /** Counts publications: what was read while one was under way is not kept. */
  #published = 0;

  async find(key: string, read: () => Promise<DefinitionSummary | undefined>): Promise<DefinitionSummary | undefined> {
    const known = this.#known.get(key);
    if (known) return known;
    const published = this.#published;
    const found = await read();
    if (found && published === this.#published) this.#known.set(key, found);
    return found;
  }

  /** Runs a publication: from its beginning to its end nothing is known. */
  async publish<Result>(key: string, write: () => Promise<Result>): Promise<Result> {
    const forget = () => {
      this.#published++;
      this.#known.delete(key);
    };
    forget();
    return write().finally(forget);
  }
}
