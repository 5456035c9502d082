import type { JsonValue } from './json.ts';

export type RejectionKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'too-large' | 'unavailable';

/**
 * The only expected error: a refusal the caller can act on. `code` is contract (`task.already_claimed`) and never
 * reworded; `message` follows "Expected to X, but Y" for logs and developers; the sentence a person reads is chosen at
 * the edge from `code` and `details`.
 */
export class Rejection extends Error {
  readonly kind: RejectionKind;
  readonly code: string;
  readonly details: Readonly<Record<string, JsonValue>>;

  constructor(kind: RejectionKind, code: string, message: string, details: Record<string, JsonValue> = {}) {
    // What a caller may do is asked for all the time, and the answer is often no: a stack nobody reads costs the most of it.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = 'Rejection';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** True for a refusal with the given code (any code when none is named). */
export function isRejection(error: unknown, code?: string): error is Rejection {
  return error instanceof Rejection && (code === undefined || error.code === code);
}

/** The store does not answer, or is closed: no fault of what was asked, which may be asked again. */
export function isStoreTrouble(error: unknown): boolean {
  return isRejection(error, 'store.unavailable') || isRejection(error, 'store.closed');
}
