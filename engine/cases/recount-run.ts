import type { Actor, RecountOrder, RecountRun } from '../engine.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Commit, JobRow } from '../store/ports.ts';
import type { CaseDeps } from './deps.ts';
import { newJob, UNLIMITED } from './rows.ts';

const COLLECTION = 'recount';

/**
 * Orders every open case to be counted again with the calendar in force. The order, its job and the documents it comes
 * with (the notice) are one write. Runs wait for each other: a later one begins when the earlier has ended.
 */
export async function orderRecount(deps: CaseDeps, order: RecountOrder, actor: Actor): Promise<RecountRun> {
  const now = deps.clock.now();
  const run: RecountRun = {
    id: newId(now),
    status: 'waiting',
    because: order.because,
    by: actor.id,
    at: now,
    notBefore: Math.max(now, order.notBefore ?? now),
    startedAt: null,
    endedAt: null,
    calendarVersion: null,
    total: 0,
    checked: 0,
    changed: 0,
    failed: [],
    after: null,
  };
  const job = recountJob(run, run.notBefore);
  const documents = [...(order.documents ?? []), documentOf(run)];
  await deps.store.commitRecords({ jobs: { put: [job], remove: [] }, documents });
  deps.due(job.dueAt);
  return run;
}

/** Newest first. */
export async function listRecounts({ store }: Pick<CaseDeps, 'store'>): Promise<RecountRun[]> {
  const documents = await store.listDocuments(COLLECTION);
  return documents.map(({ document }) => document as unknown as RecountRun).reverse();
}

/** `recount.not_found` */
export async function getRecount({ store }: Pick<CaseDeps, 'store'>, id: string): Promise<RecountRun> {
  const document = await store.getDocument(COLLECTION, id);
  if (document) return document as unknown as RecountRun;
  throw new Rejection('not-found', 'recount.not_found', `Expected a recount '${id}', but there is none`, { run: id });
}

/** The next page of a run. The run travels with its job: where the two differ, the job is right. */
export function recountJob(run: RecountRun, dueAt: number, fence = 0): JobRow {
  return {
    ...newJob('', '', '', dueAt),
    id: `recount.${run.id}`,
    kind: 'recount',
    maxAttempts: UNLIMITED,
    payload: run as unknown as JsonObject,
    fence,
  };
}

/** What screens read of it. */
export function documentOf(run: RecountRun): NonNullable<Commit['documents']>[number] {
  return { collection: COLLECTION, id: run.id, document: run as unknown as JsonObject };
}
