import type { CaseState, Token } from '../core/index.ts';

/** The state with one token replaced; the old state stays as it is. */
export function withToken(state: CaseState, token: Token): CaseState {
  return { ...state, tokens: { ...state.tokens, [token.id]: token } };
}
