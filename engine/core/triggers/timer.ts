import type { JsonObject } from '../../kernel/json.ts';
import type { Trigger } from '../../model/graph.ts';
import { parseCycle, parseDuration, parseTimerDate } from '../../time/index.ts';
import { Trouble, type Run } from '../run.ts';
import type { Armed } from '../state.ts';
import { nextOfClock, prepareClockTimer, type ArmedAt } from './clock-timer.ts';

export type Timer = Extract<Armed, { type: 'timer' }>;

/**
 * When a timer is due that a token arms. Troubles `timer.bad_value` when its data make no date, duration or
 * cycle, and those of `prepareClockTimer`.
 */
export function prepareTimer(
  run: Run,
  trigger: Trigger & { type: 'timer' },
  variables: JsonObject,
  at: ArmedAt,
): Timer {
  if (trigger.kind === 'clock') return prepareClockTimer(run, trigger, variables, at);
  const text = run.evaluate(trigger.value, variables).value;
  const bad = () =>
    new Trouble(
      'timer.bad_value',
      `Expected an ISO 8601 ${trigger.kind}, but '${trigger.value.text}' gave ${JSON.stringify(text)}`,
    );
  if (typeof text !== 'string') throw bad();
  if (trigger.kind === 'date') {
    const dueAt = parseTimerDate(text);
    if (dueAt === undefined) throw bad();
    return { type: 'timer', dueAt };
  }
  if (trigger.kind === 'duration') {
    const duration = parseDuration(text);
    if (!duration) throw bad();
    return { type: 'timer', dueAt: duration.addTo(run.now) };
  }
  const cycle = parseCycle(text);
  if (!cycle) throw bad();
  const dueAt = cycle.start ?? cycle.every.addTo(run.now);
  const left = cycle.times === null ? null : cycle.times - 1;
  return { type: 'timer', dueAt, repeat: { every: cycle.every.text, left } };
}

/** The next time of a cycle, counted from its due time so that it does not drift; undefined when it has no more. */
export function nextOfCycle(run: Run, timer: Timer, at: ArmedAt): Timer | undefined {
  if (!timer.repeat || timer.repeat.left === 0) return undefined;
  const left = timer.repeat.left === null ? null : timer.repeat.left - 1;
  if ('term' in timer) return nextOfClock(run, timer, left, at);
  const every = parseDuration(timer.repeat.every)!;
  return { type: 'timer', dueAt: every.addTo(timer.dueAt), repeat: { every: timer.repeat.every, left } };
}
