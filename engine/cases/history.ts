import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../kernel/json.ts';
import type { EventRow } from '../store/ports.ts';

/** What is about to be written to a case's history, before it has a number and a hash. */
export interface NewEvent {
  type: string;
  node?: string;
  token?: string;
  data?: JsonObject;
}

/** Hash before the first event of a case. */
export const GENESIS = '';

/**
 * Numbers events after `lastSeq` and chains each to the one before by SHA-256, so that a gap, a change or a swap in the
 * history shows.
 */
export function chainEvents(
  last: { caseId: string; lastSeq: number; lastHash: string },
  events: readonly NewEvent[],
  by: { at: number; actor: string },
): EventRow[] {
  let { lastSeq: seq, lastHash: prevHash } = last;
  return events.map(({ type, node = null, token = null, data = {} }) => {
    const event = { caseId: last.caseId, seq: ++seq, at: by.at, actor: by.actor, type, node, token, data };
    const row: EventRow = { ...event, prevHash, hash: hashEvent(prevHash, event) };
    prevHash = row.hash;
    return row;
  });
}

/** Checks a whole history from its first event; `brokenAt` is the first number that does not fit. */
export function verifyChain(events: readonly EventRow[]): { ok: boolean; brokenAt?: number } {
  let prevHash = GENESIS;
  let expected = 1;
  for (const { hash, prevHash: stored, ...event } of events) {
    if (event.seq !== expected || stored !== prevHash || hash !== hashEvent(prevHash, event))
      return { ok: false, brokenAt: expected };
    prevHash = hash;
    expected++;
  }
  return { ok: true };
}

function hashEvent(
  prevHash: string,
  { caseId, seq, at, actor, type, node, token, data }: Omit<EventRow, 'hash' | 'prevHash'>,
): string {
  return createHash('sha256')
    .update(prevHash + canonicalJson({ caseId, seq, at, actor, type, node, token, data }))
    .digest('hex');
}
