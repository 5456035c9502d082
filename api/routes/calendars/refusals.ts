import { isRejection, Rejection } from '../../../engine/index.ts';

/** Runs `read`; lines of its refusal point into the request from `at` on. */
export function pointedAt<T>(at: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isRejection(error) || !Array.isArray(error.details.errors)) throw error;
    const lines = error.details.errors as { pointer: string }[];
    const errors = lines.map((line) => ({ ...line, pointer: `${at}${line.pointer}` }));
    throw new Rejection(error.kind, error.code, error.message, { ...error.details, errors });
  }
}
