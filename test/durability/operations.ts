/**
 * What people do with a case beside its tasks, and leave words of their own with: which events tell of it, under which name
 * the words stand in the request and in the event, and what else stands in both.
 */
export const OPERATIONS = {
  hold: { events: ['clock.held'], words: 'note', same: ['reason', 'expectedDays'] },
  resume: { events: ['clock.resumed', 'clock.hold_ended'], words: 'note', same: ['reason'] },
  extend: { events: ['clock.extended'], words: 'note', same: ['value'] },
  notice: { events: ['supplement.noticed'], words: 'note', same: ['defects', 'limit'] },
  answer: { events: ['supplement.answered'], words: 'note' },
  urge: { events: ['case.urged'], words: 'note' },
  order: { events: ['order.issued'], words: 'what', same: ['department'] },
  reply: { events: ['order.replied'], words: 'text', of: 'number' },
  judge: { events: ['order.accepted', 'order.returned'], words: 'text', of: 'number' },
  revoke: { events: ['order.revoked'], words: 'text', of: 'number' },
  cancel: { events: ['case.cancelled'], words: 'reason' },
  migrate: { events: ['case.migrated'], words: 'reason' },
  reason: { events: ['reason.given'], words: 'text', of: 'id' },
} as const satisfies Record<string, OperationKind>;

export type Operation = keyof typeof OPERATIONS;

export interface OperationKind {
  readonly events: readonly string[];
  readonly words: string;
  readonly same?: readonly string[];
  /** What of the event says what it was done to; the case when absent. */
  readonly of?: string;
}
