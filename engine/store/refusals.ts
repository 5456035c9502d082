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

/** `store.unavailable`, and it stays so until the store is opened again: what is on the disk is not known any more. */
export function brokenRejection(cause: Error): Rejection {
  const reason = `the disk failed to keep a write (${cause.message}); open the store again`;
  return new Rejection('unavailable', 'store.unavailable', `Expected the store to answer, but ${reason}`, {
    reason,
    reopen: true,
  });
}

export function inUseRejection(directory: string, pid?: number): Rejection {
  const holder = pid === undefined ? 'another process' : `process ${pid}`;
  return new Rejection('unavailable', 'store.in_use', `Expected to open ${directory}, but ${holder} has it open`, {
    directory,
    ...(pid !== undefined && { pid }),
  });
}
