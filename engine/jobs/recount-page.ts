import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { writeRecount } from '../cases/recount-case.ts';
import { documentOf, listRecounts, recountJob } from '../cases/recount-run.ts';
import type { RecountRun } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import { Turns } from '../model/turns.ts';
import type { CaseRow, JobRow } from '../store/ports.ts';

/** Cases of one job: what is done again where a node dies. */
const PAGE = 200;
/** Cases written at a time: the people's own requests come in between. */
const SIDE_BY_SIDE = 32;
/** A run that waits for another looks again after this long. */
const WAIT_MS = 1_000;
/** So many are told by name. */
const MOST_FAILED = 20;

/**
 * One page of a run, newest cases first; the next page is put with what this one came to, so that a node that dies leaves
 * at most one page to be done again. Cases that begin meanwhile are counted with the new calendar anyway.
 */
export async function recountPage(deps: CaseDeps, job: JobRow, onError: (error: unknown) => void): Promise<void> {
  const run = job.payload as unknown as RecountRun;
  const { store, clock } = deps;
  await deps.refreshCalendar();
  if (run.status === 'waiting' && (await others(deps, run))) {
    const later = { dueAt: clock.now() + WAIT_MS, attempts: job.attempts - 1 };
    await store.rescheduleJob(job.id, job.fence, later);
    return;
  }
  const next = run.house ? await housePage(deps, run, run.house) : await casesPage(deps, run, onError);
  const now = clock.now();
  await store.commitRecords({
    jobs: { put: next.status === 'done' ? [] : [recountJob(next, now, job.fence)], remove: [] },
    documents: [documentOf(next)],
    fence: { jobId: job.id, fence: job.fence },
  });
  deps.due(now);
}

async function casesPage(deps: CaseDeps, run: RecountRun, onError: (error: unknown) => void): Promise<RecountRun> {
  const { store, clock, followUps } = deps;
  const rows = await store.listCases({ status: 'active', ...(run.after && { after: run.after }), limit: PAGE });
  const page = onPage(deps, rows);
  const { changed, failed } = await recountRows(page, rows, run, onError);
  const last = rows.at(-1);
  const through = rows.length < PAGE;
  const over = through && !followUps.dates;
  const now = clock.now();
  return {
    ...run,
    status: over ? 'done' : 'running',
    startedAt: run.startedAt ?? now,
    endedAt: over ? now : null,
    calendarVersion: page.calendar.version,
    total: run.status === 'waiting' ? await store.countActiveCases() : run.total,
    checked: run.checked + rows.length,
    changed: run.changed + changed,
    failed: [...run.failed, ...failed].slice(0, MOST_FAILED),
    after: last ? { startedAt: last.startedAt, id: last.id } : run.after,
    ...(through && !over && { house: { changed: 0, after: null } }),
  };
}

/** What the house keeps dates of, once the cases are through. */
async function housePage(
  { calendar, clock, followUps }: CaseDeps,
  run: RecountRun,
  house: NonNullable<RecountRun['house']>,
): Promise<RecountRun> {
  const because = { run: run.id, ...run.because };
  const page = await followUps.dates?.recount({ calendar, because, by: run.by, after: house.after });
  const over = !page || page.next === null;
  return {
    ...run,
    status: over ? 'done' : 'running',
    endedAt: over ? clock.now() : null,
    failed: [...run.failed, ...(page?.failed ?? [])].slice(0, MOST_FAILED),
    house: { changed: house.changed + (page?.changed ?? 0), after: page?.next ?? house.after },
  };
}

/** Another run is under way, or was ordered before and waits. */
async function others({ store, clock }: CaseDeps, run: RecountRun): Promise<boolean> {
  const runs = await listRecounts({ store });
  return runs.some(
    ({ id, status, notBefore }) =>
      id !== run.id && (status === 'running' || (status === 'waiting' && id < run.id && notBefore <= clock.now())),
  );
}

/** One calendar for the whole page, and its rows known: other rows stay in the memory of the node that people's cases need. */
function onPage(deps: CaseDeps, rows: readonly CaseRow[]): CaseDeps {
  const known = new Map(rows.map((row) => [row.id, row]));
  const { recent } = deps;
  return {
    ...deps,
    calendar: deps.calendar,
    recent: {
      get: (id) => recent.get(id) ?? known.get(id),
      set: (row) => void (recent.get(row.id) && recent.set(row)),
      delete(id) {
        known.delete(id);
        recent.delete(id);
      },
    },
  };
}

async function recountRows(
  deps: CaseDeps,
  rows: readonly CaseRow[],
  run: RecountRun,
  onError: (error: unknown) => void,
): Promise<{ changed: number; failed: RecountRun['failed'] }> {
  const actor = { ...SYSTEM, id: run.by };
  const turns = new Turns();
  const queue = [...rows];
  const failed: RecountRun['failed'][number][] = [];
  let changed = 0;
  const hand = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      await turns.next();
      try {
        if (await writeRecount(deps, row, { run: run.id, ...run.because }, actor)) changed += 1;
      } catch (error) {
        // one case must not keep the others from their dates; a store that is away keeps them all
        if (error instanceof Rejection && error.kind === 'unavailable') throw error;
        if (!(error instanceof Rejection)) onError(error);
        failed.push({
          case: row.id,
          number: row.number,
          code: error instanceof Rejection ? error.code : 'server.error',
        });
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand));
  return { changed, failed };
}
