import type { Store } from '../../engine/store/ports.ts';
import { findToken, isValid, readTokens, tokenId, type ApiToken } from './api-tokens.ts';

/** For how long after the look a node believes what it saw, ms: a token that is revoked meanwhile acts no longer than that. */
export const BELIEVED_MS = 5_000;

/** The tokens as a node knows them: whoever shows one that it saw lately does not wait for the store. */
export interface KnownTokens {
  /** The person a token acts as at `now` (ms); nobody where it is unknown, revoked or expired. */
  personOf(token: string, now: number): Promise<string | undefined>;
  /** Looks at all of them. Without it the store is asked each time. */
  refresh(): Promise<void>;
}

export function knownTokens(store: Pick<Store, 'getDocument' | 'listDocuments'>): KnownTokens {
  let seen = { tokens: new Map<string, ApiToken>(), at: { steady: -Infinity, wall: -Infinity } };

  /** By a clock that nobody can set, and by the other as well: that one goes on while the machine sleeps. */
  function isBelieved(): boolean {
    const { steady, wall } = seen.at;
    return performance.now() - steady < BELIEVED_MS && Math.abs(Date.now() - wall) < BELIEVED_MS;
  }

  return {
    async personOf(token, now) {
      const id = tokenId(token);
      const found = (isBelieved() && seen.tokens.get(id)) || (await findToken(store, id));
      return found && isValid(found, now) ? found.person : undefined;
    },
    async refresh() {
      const at = { steady: performance.now(), wall: Date.now() };
      const tokens = await readTokens(store);
      if (at.steady >= seen.at.steady) seen = { tokens, at };
    },
  };
}
