import type { PreviewRecount, RecountPreview } from '../engine.ts';
import { Turns } from '../model/turns.ts';
import type { CaseDeps } from './deps.ts';
import { recountCase } from './recount-case.ts';

/** Cases looked at in one call; the caller goes on with `next`. */
const MOST_CHECKED = 1_000;
const MOST_AFFECTED = 100;
const PAGE = 100;

/**
 * Who another calendar would move, and where to, without moving anything. Looks at the next open cases, newest first, until
 * it has found as many as asked for.
 */
export async function previewRecount(
  deps: CaseDeps,
  { calendar, after: start, limit = MOST_AFFECTED }: PreviewRecount,
): Promise<RecountPreview> {
  const counting = { ...deps, calendar };
  const most = Math.min(MOST_AFFECTED, Math.max(1, limit));
  const affected: RecountPreview['affected'][number][] = [];
  const turns = new Turns();
  let checked = 0;
  for (let after = start; ;) {
    const page = await deps.store.listCases({ status: 'active', ...(after && { after }), limit: PAGE });
    for (const row of page) {
      await turns.next();
      const change = await recountCase(counting, row, await deps.graphOf(row.definitionId));
      after = { startedAt: row.startedAt, id: row.id };
      checked += 1;
      if (!change || change.moved.length === 0) continue;
      const { id, number, title, status } = row;
      affected.push({ case: { id, number, title, status }, dates: change.moved });
      if (affected.length === most) return { checked, affected, next: after };
    }
    if (page.length < PAGE) return { checked, affected };
    if (checked >= MOST_CHECKED) return { checked, affected, ...(after && { next: after }) };
  }
}
