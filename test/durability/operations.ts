/**
 * What people do with a case beside its tasks: which events tell of it, by which words it is known, and what else stands
 * both in the request and in the event.
 */
export const OPERATIONS = {
  hold: { events: ['clock.held'], words: 'note', same: ['reason', 'expectedDays'] },
  resume: { events: ['clock.resumed', 'clock.hold_ended'], words: 'note', same: ['reason'] },
  extend: { events: ['clock.extended'], words: 'note', same: ['value'] },
  notice: { events: ['supplement.noticed'], words: 'note', same: ['defects', 'limit'] },
  answer: { events: ['supplement.answered'], words: 'note' },
  urge: { events: ['case.urged'], words: 'note' },
  order: { events: ['order.issued'], words: 'what', same: ['department'], alike: othersOf },
  reply: { events: ['order.replied'], words: 'text', of: 'number' },
  judge: { events: ['order.accepted', 'order.returned'], words: 'text', of: 'number' },
  revoke: { events: ['order.revoked'], words: 'text', of: 'number' },
  cancel: { events: ['case.cancelled'], words: 'reason' },
  migrate: { events: ['case.migrated'], words: 'reason' },
  modify: { events: ['case.modified'], words: 'reason', alike: movesOf },
  choose: { events: ['ad_hoc.chosen'], words: ({ activities }: Data, id: string) => `${String(activities)} of ${id}` },
  conclude: { events: ['ad_hoc.ending'], words: (_: Data, id: string) => id },
  reason: { events: ['reason.given'], words: 'text', of: 'id' },
} as const satisfies Record<string, OperationKind>;

export type Operation = keyof typeof OPERATIONS;

type Data = Readonly<Record<string, unknown>>;

export interface OperationKind {
  readonly events: readonly string[];
  /** The name of the words that were left with it, in the request and in the event; or what it is known by instead. */
  readonly words: string | ((data: Data, caseId: string) => string);
  /** Fields of both. */
  readonly same?: readonly string[];
  /** What both say, each in its own way. */
  readonly alike?: (data: Data) => object;
  /** What of the event says what it was done to; the case when absent. */
  readonly of?: string;
}

/** The cases that an order is about, but the one that keeps it. */
function othersOf({ cases, others = [] }: Data): object {
  return { others: Array.isArray(cases) ? cases.slice(1) : others };
}

type Place = string | { readonly id: string };

/** What is moved from where to where. */
function movesOf({ operations }: Data): object {
  const idOf = (place?: Place) => (typeof place === 'object' ? place.id : place);
  const moves = operations as readonly { readonly do: string; readonly from?: Place; readonly to?: Place }[];
  return { operations: moves.map(({ do: verb, from, to }) => ({ do: verb, from: idOf(from), to: idOf(to) })) };
}
