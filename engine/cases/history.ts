import { hash as digest } from 'node:crypto';
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
  const { caseId } = last;
  const { at, actor } = by;
  return events.map(({ type, node = null, token = null, data = {} }) => {
    const row: EventRow = { caseId, seq: ++seq, at, actor, type, node, token, data, prevHash, hash: '' };
    row.hash = hashEvent(row);
    prevHash = row.hash;
    return row;
  });
}

/** Checks a history from its first event, or from the one after `after`; `brokenAt` is the first number that does not fit. */
export function verifyChain(
  events: readonly EventRow[],
  after: { seq: number; hash: string } = { seq: 0, hash: GENESIS },
): { ok: boolean; brokenAt?: number } {
  let prevHash = after.hash;
  let expected = after.seq + 1;
  for (const event of events) {
    if (event.seq !== expected || event.prevHash !== prevHash || event.hash !== hashEvent(event))
      return { ok: false, brokenAt: expected };
    prevHash = event.hash;
    expected++;
  }
  return { ok: true };
}

/** Of the hash before and the canonical JSON of the event; its members are written out in their order, which costs half. */
function hashEvent({ prevHash, caseId, seq, at, actor, type, node, token, data }: EventRow): string {
  const members = [
    `"actor":${JSON.stringify(actor)},"at":${at},"caseId":${JSON.stringify(caseId)},"data":${canonicalJson(data)}`,
    `"node":${JSON.stringify(node)},"seq":${seq},"token":${JSON.stringify(token)},"type":${JSON.stringify(type)}`,
  ];
  return digest('sha256', `${prevHash}{${members.join(',')}}`);
}
