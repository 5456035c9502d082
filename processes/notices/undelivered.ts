import {
  answering,
  SYSTEM,
  type CaseNote,
  type CommandOptions,
  type DueFollowUp,
  type Engine,
} from '../../engine/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow, EventRow, Store } from '../../engine/store/ports.ts';
import { actorOf } from '../casework/deps.ts';
import type { Person } from '../directory/index.ts';
import { keyOf } from './key.ts';
import type { Notice } from './notice.ts';

/** Collection of the documents that the list of undelivered notices is made of. */
const COLLECTION = 'undelivered-notices';
/** Tag of those that have not arrived. */
const LISTED = 'open';

/** A notice that was given up after its last try. */
export interface UndeliveredNotice {
  /** Under which the list shows it and goes on behind it. */
  readonly key: string;
  readonly notice: Notice;
  /** `sending`: somebody had it sent again, and it has not arrived yet. */
  readonly status: 'failed' | 'sending';
  /** Why the last try failed, for who repairs the other end. */
  readonly error: string;
  /** Code of the refusal, for which there are sentences; absent where it was none. */
  readonly code?: string;
  /** All tries until it was given up, of every sending. */
  readonly tries: number;
  /** When it was given up, at last. */
  readonly failedAt: number;
}

interface Deps {
  readonly engine: Engine;
}

/** A sending: what there is to send, and the job that does it. */
export interface Sending extends Pick<DueFollowUp, 'caseId' | 'fence' | 'attempts'> {
  readonly notice: Notice;
}

/** After the last try: the case tells of it, and somebody can have it sent again. */
export async function giveUpNotice(
  { engine }: Deps,
  sending: Sending,
  failure: { message: string; code?: string },
): Promise<void> {
  const { caseId, fence, attempts, notice } = sending;
  await engine.noteCase(
    {
      caseId,
      fence,
      decide: (row) => {
        const tries = (undeliveredOf(row)[notice.id]?.tries ?? 0) + attempts;
        const [key, failedAt] = [keyOf(notice), engine.now()];
        const { message: error, code } = failure;
        return noted(row, 'notice.failed', {
          ...{ key, notice, status: 'failed' as const, error, tries, failedAt },
          ...(code !== undefined && { code }),
        });
      },
    },
    SYSTEM,
  );
}

/**
 * Has an undelivered notice sent again, under the id it has always had: whoever got it after all knows it by that.
 * `key`: of the list. `notice.not_found`: it arrived, or was never given up; `notice.under_way`
 */
export async function resendNotice(
  { engine }: Deps,
  key: string,
  person: Person,
  options?: CommandOptions<UndeliveredNotice>,
): Promise<UndeliveredNotice> {
  const listed = (await engine.store.getDocument(COLLECTION, key)) as UndeliveredNotice | undefined;
  if (!listed) throw notFound(key);
  const { id, case: about } = listed.notice;
  let resent = listed;
  await engine.noteCase(
    {
      caseId: about.id,
      decide: (row) => {
        const known = undeliveredOf(row)[id];
        if (!known) throw notFound(key);
        if (known.status === 'sending') throw underWay(key);
        resent = { ...known, status: 'sending' };
        return noted(row, 'notice.resent', resent);
      },
    },
    actorOf(person),
    answering(options, () => resent),
  );
  return resent;
}

/** It has arrived: the case tells of it, and nobody can have it sent once more. */
export async function noteDelivered({ engine }: Deps, { caseId, fence, notice }: Sending): Promise<void> {
  await engine.noteCase(
    {
      caseId,
      fence,
      decide: (row) => {
        const known = undeliveredOf(row)[notice.id];
        return known ? noted(row, 'notice.delivered', known) : { events: [] };
      },
    },
    SYSTEM,
  );
}

/** The notices that somebody had sent again by these events. */
export function resentBy(events: readonly EventRow[], row: CaseRow): Notice[] {
  return events.flatMap(({ type, data }) => {
    const known = type === 'notice.resent' ? undeliveredOf(row)[data.notice as string] : undefined;
    return known ? [known.notice] : [];
  });
}

export interface UndeliveredQuery {
  /** The page after this key. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Those that failed and those that are being sent again, the newest first. */
export async function listUndelivered(
  store: Pick<Store, 'findDocuments'>,
  { before, limit }: UndeliveredQuery,
): Promise<UndeliveredNotice[]> {
  const found = await store.findDocuments({
    collection: COLLECTION,
    tag: LISTED,
    ...(before !== undefined && { before }),
    limit,
  });
  return found.map(({ document }) => document as unknown as UndeliveredNotice);
}

/** What a case keeps of its undelivered notices, by their ids: what is decided is decided on this, never on the list. */
function undeliveredOf({ annex }: Pick<CaseRow, 'annex'>): Readonly<Record<string, UndeliveredNotice>> {
  return (annex?.undelivered as unknown as Record<string, UndeliveredNotice> | undefined) ?? {};
}

type What = 'notice.failed' | 'notice.resent' | 'notice.delivered';

function noted(row: CaseRow, type: What, undelivered: UndeliveredNotice): CaseNote {
  const { key, notice, error, code } = undelivered;
  const { id, kind, to } = notice;
  const { [id]: _before, ...others } = undeliveredOf(row);
  const arrived = type === 'notice.delivered';
  const kept = arrived ? others : { ...others, [id]: undelivered };
  const data = {
    notice: id,
    kind,
    to: to.id,
    toName: to.name,
    ...(type === 'notice.failed' && { error, ...(code !== undefined && { code }) }),
  };
  const document = undelivered as unknown as JsonObject;
  return {
    events: [{ type, data }],
    annex: { ...row.annex, undelivered: kept as unknown as JsonObject },
    documents: [{ collection: COLLECTION, id: key, document, tags: arrived ? [] : [LISTED] }],
  };
}

function notFound(key: string): Rejection {
  const expected = `Expected an undelivered notice '${key}', but there is none`;
  return new Rejection('not-found', 'notice.not_found', expected, { notice: key });
}

function underWay(key: string): Rejection {
  const expected = `Expected notice '${key}' to be at rest, but it is being sent again`;
  return new Rejection('conflict', 'notice.under_way', expected, { notice: key });
}
