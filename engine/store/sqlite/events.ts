import type { EventRow } from '../ports.ts';

type Packed = [number, number, string, string, string | null, string | null, EventRow['data'], string, string | null];

/** The events of one commit as one text: without names and the case id, and without a hash that repeats the one before. */
export function packEvents(events: EventRow[]): string {
  let last: string | undefined;
  const packed = events.map((event): Packed => {
    const prevHash = event.prevHash === last ? null : event.prevHash;
    last = event.hash;
    return [event.seq, event.at, event.actor, event.type, event.node, event.token, event.data, event.hash, prevHash];
  });
  return JSON.stringify(packed);
}

export function unpackEvents(caseId: string, text: string): EventRow[] {
  let last = '';
  return (JSON.parse(text) as Packed[]).map(([seq, at, actor, type, node, token, data, hash, prevHash]) => {
    const event = { caseId, seq, at, actor, type, node, token, data, prevHash: prevHash ?? last, hash };
    last = hash;
    return event;
  });
}
