import type { Logger } from 'pino';
import { isStoreTrouble } from '../../engine/kernel/rejection.ts';

/** Whether the store is away, told once when it goes and once when it is back, however many requests meet with it. */
export interface Outage {
  /** An operation of the store ended, with this error or well. */
  told(error?: unknown): void;
  /** It has begun, and is not over. */
  lasts(): boolean;
  /** Reports an error, unless it says no more than that the store is away. */
  report(error: unknown, report: () => void): void;
}

/** So long nothing may fail before the store counts as back (ms): one connection that breaks is no reason to say so often. */
const QUIET_MS = 5_000;

/** `now` in ms. */
export function watchOutage(log: Pick<Logger, 'error' | 'warn'>, now: () => number = () => performance.now()): Outage {
  let since: number | undefined;
  let last = 0;
  let failed = 0;

  function fail(error: unknown): void {
    last = now();
    failed++;
    if (since !== undefined) return;
    since = last;
    log.error({ err: error }, 'the store does not answer: what needs it is refused with 503 until it does');
  }
  function succeed(): void {
    if (since === undefined || now() - last < QUIET_MS) return;
    log.warn({ failed, seconds: Math.round((last - since) / 1000) }, 'the store answers again');
    since = undefined;
    failed = 0;
  }
  return {
    told(error) {
      if (error === undefined) succeed();
      else if (isStoreTrouble(error)) fail(error);
    },
    lasts: () => since !== undefined,
    report(error, report) {
      if (isStoreTrouble(error)) fail(error);
      else report();
    },
  };
}
