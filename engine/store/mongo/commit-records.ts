import type { Commit, CommitResult, DefinitionRow, JobRow, RecordCommit } from '../ports.ts';
import { isDuplicate } from './driver.ts';
import { applyGuarded } from './guarded.ts';
import { releaseHolds, takeHolds } from './holds.ts';
import { keyOf, whole } from './keys.ts';
import { outcomeOf } from './outcome.ts';
import { entryOfRecords, jobDone, pendingOf } from './project.ts';
import { jobFields } from './rows.ts';
import type { Session } from './session.ts';

/** One row is written as it is; several are first written down together, as a case does it, then put in place. */
export async function commitRecords(session: Session, records: RecordCommit): Promise<CommitResult> {
  const { jobs, messages, documents, fence, receipt } = records;
  const touched =
    jobs.put.length +
    jobs.remove.length +
    (messages?.put.length ?? 0) +
    (messages?.remove.length ?? 0) +
    (documents?.length ?? 0) +
    (receipt ? 1 : 0);
  if (fence && touched === 0) return finishJob(session, fence);
  if (!fence && touched === 1 && jobs.put.length === 1) return putJob(session, jobs.put[0]!);
  if (!fence && touched === 0) return 'ok';
  return writeTogether(session, records);
}

async function finishJob(
  { into, clock }: Session,
  { jobId, fence }: NonNullable<Commit['fence']>,
): Promise<CommitResult> {
  const leased = { _id: keyOf(jobId), live: true, held: true, fence: { $eq: whole(fence) }, hold: { $eq: null } };
  return (await into.jobs.updateOne(leased as never, jobDone(clock.now()) as never)).matchedCount === 1
    ? 'ok'
    : 'conflict';
}

async function putJob({ into }: Session, job: JobRow): Promise<CommitResult> {
  const update = {
    $set: { ...jobFields(job), src: '', rev: 0 },
    $max: { fence: whole(job.fence) },
    $unset: { goneAt: '', hold: '' },
  };
  await applyGuarded(into.jobs, [{ filter: { _id: keyOf(job.id) }, update: update as never, upsert: true }]);
  return 'ok';
}

async function writeTogether(session: Session, records: RecordCommit): Promise<CommitResult> {
  const { into, settle, projector, reach } = session;
  const hold = session.newHold('records', undefined, 0);
  const wanted = { ...records, messages: records.messages?.put };
  const own = pendingOf(entryOfRecords(records, hold.id), 1, hold.nonce);
  const held = await takeHolds(into, settle, wanted, hold);
  if (held === 'conflict') return 'conflict';
  own.turns = held.turns;
  await reach('held');
  try {
    await into.records.insertOne({ _id: hold.id, rev: 1, pending: [own], pendingRev: 1 });
  } catch (error) {
    if (isDuplicate(error)) {
      await releaseHolds(into, wanted, hold.nonce); // called off by another
      return 'conflict';
    }
    const became = await outcomeOf(session, hold, error);
    if (became === 'landed') return 'ok';
    if (became === 'lost') await releaseHolds(into, wanted, hold.nonce);
    throw error;
  }
  await reach('written');
  await projector.projectAfter('records', hold.id, [], own);
  return 'ok';
}

/** The version carries what it changes besides until they are in place. */
export async function addDefinition(
  session: Session,
  definition: DefinitionRow,
  jobs: Commit['jobs'] = { put: [], remove: [] },
  starts: readonly string[] = [],
): Promise<boolean> {
  const { xml, resources, ...summary } = definition;
  const id = keyOf(definition.id);
  const nonce = session.newHold('records', undefined, 0).nonce;
  const leaves = jobs.put.length + jobs.remove.length + starts.length > 0;
  const own = leaves && pendingOf({ src: `definition ${definition.id}`, jobs, starts }, 1, nonce);
  try {
    await session.into.definitions.insertOne({
      _id: id,
      rev: 1,
      key: keyOf(definition.key),
      version: whole(definition.version),
      summary: JSON.stringify(summary),
      xml,
      resources: JSON.stringify(resources),
      ...(own && { pending: [own], pendingRev: 1 }),
    });
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
  if (own) {
    await session.reach('written');
    await session.projector.projectAfter('definitions', id, [], own);
  }
  return true;
}
