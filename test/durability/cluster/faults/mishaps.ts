import type { Mishap } from '../../../support/fault-proxy.ts';
import {
  answer,
  answerAfter,
  CUT_AFTER,
  CUT_BEFORE,
  hold,
  late,
  NOT_PRIMARY,
  SHUTTING_DOWN,
  STEPPED_DOWN,
} from '../../../support/mishaps.ts';
import { pause, type Fault } from './fault.ts';
import { whileStoreIsAway } from './store-away.ts';

/** For so many ms a share (0 to 1) of what nodes ask of MongoDB meets with one of the mishaps. */
function some(share: number, forMs: number, name: string, mishaps: readonly (() => Mishap)[]): Fault {
  return async (city, _run, chance) => {
    const { proxies } = city.doors!;
    const kinds = [...new Set(mishaps.map((make) => make().kind))];
    const sum = () =>
      proxies.reduce((all, { happened }) => all + kinds.reduce((of, kind) => of + happened[kind], 0), 0);
    const before = sum();
    await whileStoreIsAway(city, async () => {
      for (const proxy of proxies)
        proxy.rule(() => (chance() < share ? mishaps[Math.floor(chance() * mishaps.length)]!() : undefined));
      await pause(forMs);
      for (const proxy of proxies) proxy.rule(undefined);
    });
    return `${sum() - before} ${name}`;
  };
}

export const cutBefore = (share: number, forMs: number) =>
  some(share, forMs, 'connections cut before the request', [() => CUT_BEFORE]);

export const cutAfter = (share: number, forMs: number) =>
  some(share, forMs, 'connections cut after the request and before its answer', [() => CUT_AFTER]);

/** Answers that come `heldMs` late; each node asks on meanwhile. */
export const holdAnswers = (share: number, forMs: number, heldMs: number) =>
  some(share, forMs, `answers held ${heldMs / 1_000} s`, [() => hold(heldMs)]);

/** Requests that reach the server so late that the node has given them up, and may have done them again. */
export const delayRequests = (share: number, forMs: number, lateMs: number) =>
  some(share, forMs, `requests delayed ${lateMs / 1_000} s`, [() => late(lateMs)]);

/** As a member answers that steps down or ends: before it did what was asked, or after. */
export const notPrimary = (share: number, forMs: number) =>
  some(share, forMs, 'answers of a member that is not primary', [
    () => answer(NOT_PRIMARY),
    () => answer(SHUTTING_DOWN),
    () => answerAfter(STEPPED_DOWN),
  ]);
