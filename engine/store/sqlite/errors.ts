import { Rejection } from '../../kernel/rejection.ts';
import { diskTrouble } from '../disk-trouble.ts';
import { unavailableRejection } from '../refusals.ts';

/** SQLite primary result codes that are the disk's or the file's fault, not the caller's. */
const REASONS: Record<number, string> = {
  5: 'the database is locked',
  6: 'the database is locked',
  7: 'memory ran out',
  8: 'the database is read-only',
  10: 'the disk failed',
  11: 'the database is damaged',
  13: 'the disk is full',
  14: 'the database cannot be opened',
  26: 'the file is not a database',
};

/** The WASM driver gives SQLite's message only. */
const MESSAGES: [RegExp, number][] = [
  [/disk is full/, 13],
  [/is locked/, 5],
  [/malformed/, 11],
  [/not a database/, 26],
  [/disk I\/O error/, 10],
  [/unable to open/, 14],
  [/readonly/, 8],
  [/out of memory/, 7],
];

/** `store.unavailable` for trouble of disk and file; anything else is a mistake of the caller and stays as it is. */
export function refusalOf(error: unknown): Error {
  if (error instanceof Rejection) return error;
  const { errcode, message } = error as Error & { errcode?: number };
  const reason = errcode === undefined ? (diskTrouble(error) ?? reasonIn(message)) : REASONS[errcode & 0xff];
  return reason === undefined ? (error as Error) : unavailableRejection(reason);
}

function reasonIn(message: string): string | undefined {
  const known = MESSAGES.find(([pattern]) => pattern.test(message));
  return known && REASONS[known[1]];
}

export function isBusy(error: unknown): boolean {
  return refusalOf(error).message.includes(REASONS[5]!);
}

/** How an error crosses the thread boundary. */
export interface SentError {
  kind?: Rejection['kind'];
  code?: string;
  message: string;
  details?: Rejection['details'];
}

export function sendError(error: Error): SentError {
  if (!(error instanceof Rejection)) return { message: error.message };
  const { kind, code, message, details } = error;
  return { kind, code, message, details };
}

export function receiveError({ kind, code, message, details }: SentError): Error {
  return kind === undefined || code === undefined ? new Error(message) : new Rejection(kind, code, message, details);
}
