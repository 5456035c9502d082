import { SYSTEM, type FollowUp, type FollowUps } from '../engine/index.ts';
import type { JsonObject } from '../engine/kernel/json.ts';
import { Rejection } from '../engine/kernel/rejection.ts';
import type { WorkCalendar } from '../engine/time/index.ts';
import { movedBranches } from './casework/index.ts';
import type { Directory } from './directory/index.ts';
import { giveUpNotice, noteDelivered, noticesOf, resentBy, type Notice, type NoticeChannel } from './notices/index.ts';
import {
  escalate,
  lostGrounds,
  notedOrders,
  noteOrder,
  orderDates,
  reachedBy,
  withdrawGrounds,
  type LostGrounds,
  type NotedOrder,
  type Reached,
  type SupervisionDeps,
} from './supervision/index.ts';

export interface FollowUpDeps {
  readonly directory: Directory;
  /** How notices leave; absent: none is written. */
  readonly channel?: NoticeChannel | undefined;
  /** The calendar of this version; undefined where it is not loaded any more. */
  calendarOf(version: string): WorkCalendar | undefined;
  /** The engine asks for its follow-ups before it is built. */
  supervision(): SupervisionDeps;
}

/** `again`: it was given up, and somebody had it sent once more. */
type Payload = { notice: Notice; again?: true } | { escalate: Reached } | { noted: NotedOrder } | { lost: LostGrounds };

/**
 * What the city does because of what happens to a case: it tells people and the other cases of an order, it escalates missed
 * deadlines, and withdraws what was demanded because of one that a notice of holidays moved.
 */
export function houseFollowUps({ directory, channel, calendarOf, supervision }: FollowUpDeps): FollowUps {
  return {
    dates: {
      ...orderDates(supervision),
      movedWith(counted) {
        const was = counted.row.calendarVersion === null ? undefined : calendarOf(counted.row.calendarVersion);
        return was && movedBranches(counted, was, directory);
      },
    },
    of: (happened) => [
      ...reachedBy(happened.events).map(({ seq, reached }) => followUp(`${seq}.escalate`, { escalate: reached })),
      ...notedOrders(happened.events).map(({ seq, noted }) => followUp(`${seq}.order.${noted.caseId}`, { noted })),
      ...lostGrounds(happened).map(({ seq, lost }) => followUp(`${seq}.grounds`, { lost })),
      ...(channel ? noticesOf(happened, directory) : []).map((notice) => sending(notice)),
      ...resentBy(happened.events, happened.row).map((notice) => sending(notice, 'again')),
    ],
    async perform(due) {
      const payload = due.payload as unknown as Payload;
      if ('escalate' in payload) return escalate(supervision(), payload.escalate, due.fence);
      if ('noted' in payload) return noteOrder(supervision(), payload.noted, due.fence);
      if ('lost' in payload) return withdrawGrounds(supervision(), payload.lost, due.fence);
      if (!channel) throw noChannel();
      await channel.send(payload.notice);
      if (payload.again) await noteDelivered(supervision(), { ...due, ...payload });
    },
    async giveUp(due, message, code) {
      const payload = due.payload as unknown as Payload;
      const refusal = code !== undefined && { code };
      if ('notice' in payload) return giveUpNotice(supervision(), { ...due, ...payload }, { message, ...refusal });
      const { type, data } = 'noted' in payload ? failedNote(payload.noted) : failedEscalation(payload);
      const failed = { type, data: { ...data, error: message, ...refusal } };
      const { caseId, fence } = due;
      await supervision().engine.noteCase({ caseId, fence, decide: () => ({ events: [failed] }) }, SYSTEM);
    },
  };
}

function followUp(id: string, payload: Payload): FollowUp {
  return { id, payload: payload as unknown as JsonObject };
}

/** Under the id of the notice within its case. */
function sending(notice: Notice, again?: 'again'): FollowUp {
  return followUp(notice.id.slice(notice.case.id.length + 1), { notice, ...(again && { again: true }) });
}

function failedEscalation(payload: { escalate: Reached } | { lost: LostGrounds }): { type: string; data: JsonObject } {
  return { type: 'escalation.failed', data: 'escalate' in payload ? { light: payload.escalate.light } : {} };
}

function failedNote({ data: { number } }: NotedOrder) {
  return { type: 'order.note_failed', data: { number: number! } };
}

/** The house was told where to send notices when this one was written, and is no longer. */
function noChannel(): Rejection {
  return new Rejection(
    'unavailable',
    'notice.no_channel',
    'Expected somewhere to send notices, but none is configured',
  );
}
