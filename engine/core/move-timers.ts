import { eventOfKey } from './armed-key.ts';
import type { Armed, CaseState, Token } from './state.ts';
import type { CoreEvent, Effect, Times } from './step-types.ts';

/** What moved; the same state where nothing did. */
export interface MovedTimers {
  readonly state: CaseState;
  readonly events: CoreEvent[];
  readonly effects: Effect[];
}

/**
 * Timers that count as limits do, at their times by clocks that have changed: held, running on, extended, counted by another
 * calendar. Pure; one without a limit any more keeps no time.
 */
export function moveTimers(state: CaseState, times: Times): MovedTimers {
  const moved: MovedTimers = { state: { ...state, tokens: { ...state.tokens } }, events: [], effects: [] };
  for (const token of Object.values(state.tokens)) {
    const armed = retimed(token, times, moved);
    if (armed) moved.state.tokens[token.id] = { ...token, armed };
  }
  return moved.events.length > 0 ? moved : { ...moved, state };
}

/** Undefined where none of the token's timers moves. */
function retimed(
  token: Token,
  times: Times,
  { events, effects }: Pick<MovedTimers, 'events' | 'effects'>,
): Token['armed'] | undefined {
  let all: Record<string, Armed> | undefined;
  for (const [key, armed] of Object.entries(token.armed ?? {})) {
    if (!('term' in armed) || armed.done) continue;
    const dueAt = times(armed.term, token) ?? null;
    if (dueAt === armed.dueAt) continue;
    (all ??= { ...token.armed })[key] = { ...armed, dueAt };
    const of = { token: token.id, event: key };
    if (armed.dueAt !== null) effects.push({ type: 'disarm-timer', ...of, dueAt: armed.dueAt });
    if (dueAt !== null) effects.push({ type: 'arm-timer', ...of, dueAt });
    events.push({ type: 'timer.moved', node: eventOfKey(key), token: token.id, data: { was: armed.dueAt, is: dueAt } });
  }
  return all;
}
