import type { Bilingual } from '../due-dates/index.ts';

/** What a notice is about; the same as the type of the event that causes it. */
export const NOTICE_KINDS = [
  'deadline.warned',
  'task.reminded',
  'task.escalated',
  'task.consent_waits',
  'task.deemed',
  'case.urged',
  'reason.asked',
  'reason.given',
  'reason.withdrawn',
  'order.issued',
  'order.replied',
  'order.accepted',
  'order.returned',
  'order.revoked',
  'order.unfounded',
  'order.stands',
  'clock.held',
  'clock.hold_ended',
  'clock.resumed',
  'clock.extended',
  'clock.hold_overdue',
  'case.silence_waits',
  'case.accepted',
  'case.not_accepted',
  'supplement.noticed',
  'supplement.answered',
  'case.returned',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface Recipient {
  readonly type: 'person' | 'department' | 'applicant';
  readonly id: string;
  /** As it was when the notice was written. */
  readonly name: string;
}

/** A message to somebody about a case. */
export interface Notice {
  /** Follows from the event and the recipient: the same however often it is sent. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly to: Recipient;
  readonly case: { readonly id: string; readonly number: string; readonly title: string };
  readonly text: Bilingual;
  /** When it happened. */
  readonly at: number;
}

/** How notices leave the house. Each is sent at least once; who gets one twice knows it by its id. */
export interface NoticeChannel {
  /** Resolves when the notice is taken; whatever it rejects with, it is sent again later. */
  send(notice: Notice): Promise<void>;
}
