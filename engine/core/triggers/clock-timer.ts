import type { JsonObject } from '../../kernel/json.ts';
import type { ClockTimer } from '../../model/graph.ts';
import { isAmount } from '../../time/index.ts';
import { Trouble, type Run } from '../run.ts';
import type { Armed, TimerTerm } from '../state.ts';

type Timer = Extract<Armed, { term: TimerTerm }>;

/** Where the token stands that arms a timer, and since when (ms). */
export interface ArmedAt {
  readonly node: string;
  readonly since: number;
}

/** Troubles `timer.bad_value` where the amount is none (`isAmount`), or nothing though it is counted from now; `timer.no_limit`. */
export function prepareClockTimer(
  run: Run,
  { value: amount, unit, anchor, times }: ClockTimer,
  variables: JsonObject,
  at: ArmedAt,
): Timer {
  const given = run.evaluate(amount, variables).value;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value !== 'number' || !isAmount(value, unit) || (value === 0 && (!anchor || times !== undefined)))
    throw new Trouble(
      'timer.bad_value',
      `Expected a number of ${unit}, but '${amount.text}' gave ${JSON.stringify(given).slice(0, 200)}`,
    );
  const term: TimerTerm = anchor ? { value, unit, anchor } : { value, unit, from: run.now };
  return {
    type: 'timer',
    dueAt: timeOf(run, term, at),
    term,
    ...(times !== undefined && { repeat: { every: value, left: times === null ? null : times - 1 } }),
  };
}

/** After as much time once more: from the due date it hangs on, or from when it was due. */
export function nextOfClock(run: Run, { dueAt, term, repeat }: Timer, left: number | null, at: ArmedAt): Timer {
  const { every } = repeat!;
  const next = term.anchor ? { ...term, value: term.value + every } : { ...term, from: dueAt! };
  return { type: 'timer', dueAt: timeOf(run, next, at), term: next, repeat: { every, left } };
}

/** Trouble `timer.no_limit`: there is no due date to hang on. */
export function timeOf(run: Run, term: TimerTerm, at: ArmedAt): number | null {
  const time = run.times(term, at);
  if (time === undefined)
    throw new Trouble('timer.no_limit', `Expected a limit at '${at.node}' for a timer to hang on, but there is none`);
  return time;
}
