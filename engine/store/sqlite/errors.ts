import { Rejection } from '../../kernel/rejection.ts';
import { unavailableRejection } from '../refusals.ts';

/** SQLite primary result codes and system error codes that are the disk's or the file's fault, not the caller's. */
const REASONS: Record<string, string> = {
  5: 'the database is locked',
  6: 'the database is locked',
  7: 'memory ran out',
  8: 'the database is read-only',
  10: 'the disk failed',
  11: 'the database is damaged',
  13: 'the disk is full',
  14: 'the database cannot be opened',
  26: 'the file is not a database',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large',
  EIO: 'the disk failed',
  EROFS: 'the disk is read-only',
  EACCES: 'the directory may not be written',
  ENOTDIR: 'a part of its path is not a directory',
  EMFILE: 'too many files are open',
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
  const { errcode, code, message } = error as Error & { errcode?: number; code?: string };
  const number = errcode === undefined ? undefined : errcode & 0xff;
  const known = number ?? (code !== undefined && code in REASONS ? code : undefined);
  const key = known ?? MESSAGES.find(([pattern]) => pattern.test(message))?.[1];
  const reason = key === undefined ? undefined : REASONS[key];
  return reason === undefined ? (error as Error) : unavailableRejection(reason);
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
