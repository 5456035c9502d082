import { Rejection } from '../kernel/rejection.ts';

/** `store.closed`: the store was closed before or while it was asked. */
export function closedRejection(): Rejection {
  return new Rejection('unavailable', 'store.closed', 'Expected an open store, but it is closed');
}

/** `store.unavailable`: the disk is full, the file is busy or damaged. Nothing was acknowledged; trying later may work. */
export function unavailableRejection(reason: string): Rejection {
  return new Rejection('unavailable', 'store.unavailable', `Expected the store to answer, but ${reason}`, { reason });
}

export function lightNeedsNow(): Rejection {
  return new Rejection(
    'invalid',
    'query.light_without_now',
    'Expected to filter by light at `now`, but `now` is missing',
  );
}
