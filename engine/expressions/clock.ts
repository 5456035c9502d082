import type { JsonObject } from '../kernel/json.ts';
import { code, type Code } from './code.ts';
import type { Expression } from './expression.ts';
import { FeelDateTime, LOCAL_OFFSET } from './temporal.ts';

/** Where `now()` and `today()` find the instant (ms since the epoch). No variable of a case can have this name in FEEL. */
export const NOW = '@now';

/** The variables an expression needs, the instant among them where it asks for the time: a step replays with its own. */
export function withClock(expression: Expression, variables: JsonObject, now: number): JsonObject {
  return expression.readsClock ? { ...variables, [NOW]: now } : variables;
}

/** `now()` is a date and time in local time, `today()` its date. */
export function compileClock(name: 'now' | 'today'): Code {
  return code('any', [], (scope, work) => {
    const instant = scope.find(NOW);
    if (typeof instant !== 'number') return work.warn(`${name}() is not known here`);
    const moment = new FeelDateTime(instant, LOCAL_OFFSET);
    return name === 'now' ? moment : moment.date;
  });
}
