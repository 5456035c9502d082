import type { Mishap } from './fault-proxy.ts';

/**
 * What a member of a replica set answers while it steps down or ends: codes and labels as the server has them
 * (src/mongo/base/error_codes.yml; drivers' specification of retryable writes).
 */
function stateChange(code: number, codeName: string, errmsg: string) {
  return { ok: 0, errmsg, code, codeName, errorLabels: ['RetryableWriteError'] };
}

export const NOT_PRIMARY = stateChange(10107, 'NotWritablePrimary', 'not primary');
export const SHUTTING_DOWN = stateChange(11600, 'InterruptedAtShutdown', 'interrupted at shutdown');
export const STEPPED_DOWN = stateChange(
  11602,
  'InterruptedDueToReplStateChange',
  'operation was interrupted by a change of state',
);

export const CUT_BEFORE: Mishap = { kind: 'cut-before' };
export const CUT_AFTER: Mishap = { kind: 'cut-after' };
export const hold = (ms: number): Mishap => ({ kind: 'hold', ms });
/** Comes after so many ms, when whoever sent it may have given up and done it again. */
export const late = (ms: number): Mishap => {
  const until = new Promise<void>((done) => void setTimeout(done, ms).unref());
  return { kind: 'late', until, done: () => undefined };
};
export const answer = (document: object): Mishap => ({ kind: 'answer', document });
/** The write is there, and the server says that it is not its own master any more. */
export const answerAfter = (document: object): Mishap => ({ kind: 'answer-after', document });
