import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Store } from '../../engine/store/ports.ts';
import { keyOf } from './key.ts';
import type { Notice, NoticeChannel, NoticeKind } from './notice.ts';

/** Collection of the documents that the demo's catcher keeps. */
export const CAUGHT = 'caught-notices';

/** The demo sends nothing to anybody: the catcher keeps every notice, once by its id, for its page. */
export function messageCatcher(store: Pick<Store, 'putDocument'>): NoticeChannel {
  return {
    send: (notice) =>
      store.putDocument(CAUGHT, keyOf(notice), notice as unknown as JsonObject, [
        `to ${recipientKey(notice.to)}`,
        `kind ${notice.kind}`,
        `to ${recipientKey(notice.to)} kind ${notice.kind}`,
        `case ${notice.case.id}`,
      ]),
  };
}

export interface CaughtQuery {
  /** `type:id` of the recipient. */
  readonly to?: string | undefined;
  readonly kind?: NoticeKind | undefined;
  /** Only of this case; not together with the others. */
  readonly caseId?: string | undefined;
  /** The page after this key. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first, each with the key of its page. */
export async function caughtNotices(
  store: Pick<Store, 'findDocuments'>,
  { to, kind, caseId, before, limit }: CaughtQuery,
): Promise<{ key: string; notice: Notice }[]> {
  const tag = caseId === undefined ? tagOf(to, kind) : `case ${caseId}`;
  const found = await store.findDocuments({
    collection: CAUGHT,
    ...(tag !== '' && { tag }),
    ...(before !== undefined && { before }),
    limit,
  });
  return found.map(({ id, document }) => ({ key: id, notice: document as unknown as Notice }));
}

function tagOf(to: string | undefined, kind: string | undefined): string {
  return [to === undefined ? '' : `to ${to}`, kind === undefined ? '' : `kind ${kind}`].filter(Boolean).join(' ');
}

export function recipientKey({ type, id }: Notice['to']): string {
  return `${type}:${id}`;
}
