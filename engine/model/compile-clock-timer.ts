import type { Expression } from '../expressions/expression.ts';
import type { ClockTimer, Limit, TimerAnchor } from './graph.ts';
import type { ParsedClockTimer } from './parsed-model.ts';
import type { Source } from './source.ts';

/** A repetition without end. */
export const ENDLESS = 'unbounded';

/** A timer in working time that lint found valid. At the boundary of an activity it hangs on that one's limit, unless it says otherwise. */
export function compileClockTimer(
  { value, unit = 'workingDays', times, ...rest }: ParsedClockTimer,
  atBoundary: boolean,
  expression: (source: Source) => Expression,
): ClockTimer {
  const anchor = anchorOf(rest, atBoundary);
  return {
    value: expression(value!),
    unit: unit as Limit['unit'],
    ...(anchor && { anchor: Object.freeze(anchor) }),
    ...(times !== undefined && { times: times === ENDLESS ? null : Number(times) }),
  };
}

/** Which due date a timer hangs on; undefined where it is counted from its own beginning. */
export function anchorOf(
  { before, after, of }: Pick<ParsedClockTimer, 'before' | 'after' | 'of'>,
  atBoundary: boolean,
): TimerAnchor | undefined {
  const limit = before ?? after;
  if (limit === undefined) return undefined;
  return {
    side: before === undefined ? 'after' : 'before',
    limit: limit as TimerAnchor['limit'],
    of: (of as TimerAnchor['of'] | undefined) ?? (atBoundary ? 'task' : 'case'),
  };
}
