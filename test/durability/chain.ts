import { createHash } from 'node:crypto';

/** An event as the history API shows it to an official. */
export interface ChainedEvent {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly type: string;
  readonly node: { readonly id: string } | null;
  readonly actor: { readonly id: string };
  readonly token: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly prevHash: string;
  readonly hash: string;
}

/**
 * What an outsider finds wrong with a chain, recomputed by what docs/backup.md says and nothing of the server's own code;
 * undefined when every event is there and as it was written.
 */
export function brokenChain(caseId: string, events: readonly ChainedEvent[]): string | undefined {
  let before = '';
  for (const [index, event] of events.entries()) {
    if (event.seq !== index + 1) return `has number ${event.seq} in place ${index + 1}`;
    if (event.prevHash !== before)
      return `is not chained: event ${event.seq} does not carry the hash of the one before`;
    if (event.hash !== hashOf(caseId, event)) return `has a hash at event ${event.seq} that is not its own`;
    before = event.hash;
  }
  return undefined;
}

/** The hash that an event must carry. */
export function hashOf(
  caseId: string,
  { actor, at, data, node, prevHash, seq, token, type }: Omit<ChainedEvent, 'hash'>,
) {
  const event = { actor: actor.id, at: Date.parse(at), caseId, data, node: node?.id ?? null, seq, token, type };
  return createHash('sha256')
    .update(prevHash + text(event))
    .digest('hex');
}

/** JSON without blanks, keys sorted. */
function text(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${text(member)}`).join(',')}}`;
}
