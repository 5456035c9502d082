import type { DueFollowUp, FollowUps } from '../engine/index.ts';
import type { JsonObject } from '../engine/kernel/json.ts';
import type { Directory } from './directory/index.ts';
import { noticesOf, type Notice, type NoticeChannel } from './notices/index.ts';
import { escalate, reachedBy, type Reached, type SupervisionDeps } from './supervision/index.ts';

export interface FollowUpDeps {
  readonly directory: Directory;
  /** How notices leave; absent: none is written. */
  readonly channel?: NoticeChannel | undefined;
  /** The engine asks for its follow-ups before it is built. */
  supervision(): SupervisionDeps;
}

type Payload = { notice: Notice } | { escalate: Reached };

const SYSTEM = { id: 'system', name: 'system', groups: [] };

/** What the city does because of what happens to a case: it tells people, and it escalates missed deadlines. */
export function houseFollowUps({ directory, channel, supervision }: FollowUpDeps): FollowUps {
  return {
    of: (happened) => [
      ...reachedBy(happened.events).map(({ seq, reached }) => followUp(`${seq}.escalate`, { escalate: reached })),
      ...(channel ? noticesOf(happened, directory) : []).map((notice) =>
        followUp(notice.id.slice(happened.row.id.length + 1), { notice }),
      ),
    ],
    async perform({ payload, fence }) {
      const due = payload as unknown as Payload;
      if ('notice' in due) await channel?.send(due.notice);
      else await escalate(supervision(), due.escalate, fence);
    },
    async giveUp(due, message) {
      await supervision().engine.noteCase(
        { caseId: due.caseId, fence: due.fence, decide: () => ({ events: [failure(due, message)] }) },
        SYSTEM,
      );
    },
  };
}

function followUp(id: string, payload: Payload) {
  return { id, payload: payload as unknown as JsonObject };
}

function failure({ payload }: DueFollowUp, error: string): { type: string; data: JsonObject } {
  const due = payload as unknown as Payload;
  if ('escalate' in due) return { type: 'escalation.failed', data: { light: due.escalate.light, error } };
  const { id, kind, to } = due.notice;
  return { type: 'notice.failed', data: { notice: id, kind, to: to.id, toName: to.name, error } };
}
