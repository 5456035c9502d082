import type { Commit, JobRow, Receipt, RecordCommit } from '../ports.ts';
import type {
  Collections,
  IncidentDocument,
  JobDocument,
  MessageDocument,
  Pending,
  SubscriptionDocument,
} from './documents.ts';
import { isDuplicate, type Collection, type Document, type Filter } from './driver.ts';
import { applyGuarded, type Guarded } from './guarded.ts';
import { keyOf, keyOrNull } from './keys.ts';
import { historyOf, incidentFields, jobFields, receiptDocument, subscriptionFields, taskFields } from './rows.ts';
import { inTurn, takeTurns } from './turns.ts';

/** What a step leaves to be put into the other collections. */
export interface Entry {
  /** The case, version or record that carries it. */
  readonly src: string;
  readonly events?: Commit['events'];
  readonly tasks?: Commit['tasks'];
  readonly jobs: Commit['jobs'];
  readonly subscriptions?: Commit['subscriptions'];
  readonly incidents?: Commit['incidents'];
  readonly documents?: Commit['documents'];
  readonly receipt?: string;
  /** A receipt that the case itself holds until it is in place. */
  readonly answer?: Receipt;
  readonly consumes?: string;
  /** The job that caused it. */
  readonly done?: string;
  /** Names of messages that the version begins cases by. */
  readonly starts?: readonly string[];
  readonly messages?: { readonly put: readonly string[]; readonly remove: readonly string[] };
}

export function pendingOf(entry: Entry, rev: number, nonce: string): Pending {
  const gone = [...entry.jobs.remove, ...(entry.done === undefined ? [] : [entry.done])].map(keyOf);
  return { rev, nonce, gone, body: JSON.stringify(entry) };
}

export function entryOfCommit(commit: Commit): Entry {
  const { events, tasks, jobs, subscriptions, incidents, documents, receipt, consumes, fence } = commit;
  return {
    src: commit.caseId,
    jobs,
    ...(events.length > 0 && { events }),
    ...(tasks.length > 0 && { tasks }),
    ...(subscriptions.put.length + subscriptions.remove.length > 0 && { subscriptions }),
    ...(incidents.put.length + incidents.remove.length > 0 && { incidents }),
    ...(documents && documents.length > 0 && { documents }),
    ...(receipt && (commit.receiptOfCase ? { answer: receipt } : { receipt: receipt.key })),
    ...(consumes !== undefined && { consumes }),
    ...(fence && { done: fence.jobId }),
  };
}

export function entryOfRecords(records: RecordCommit, src: string): Entry {
  const { jobs, messages, documents, fence, receipt } = records;
  const put = messages?.put.map((message) => message.id) ?? [];
  const remove = messages?.remove ?? [];
  return {
    src,
    jobs,
    ...(put.length + remove.length > 0 && { messages: { put, remove } }),
    ...(documents && documents.length > 0 && { documents }),
    ...(receipt && { receipt: receipt.key }),
    ...(fence && { done: fence.jobId }),
  };
}

/**
 * Puts the rows of an entry into their collections. May be repeated, also by two nodes at once, also when later entries
 * are in place already: each row knows which write put it last. What it returns gives free the answer that the write holds:
 * only then, so that whoever is given that answer finds the rows.
 */
export async function project(into: Collections, pending: Pending, now: number): Promise<() => Promise<unknown>> {
  const entry = JSON.parse(pending.body) as Entry;
  const { rev, nonce } = pending;
  const step: Step = { src: keyOf(entry.src), rev, nonce, now };
  // whoever tends a message looks for it first
  if (entry.messages) await projectMessages(into, entry.messages, nonce);
  await Promise.all([
    projectEvents(into, entry, now),
    entry.answer && insertOnce(into.receipts, receiptDocument(entry.answer)),
    applyGuarded(
      into.tasks,
      (entry.tasks ?? []).map((task) => put(step, task.id, taskFields(task))),
    ),
    applyGuarded(into.jobs, jobChanges(step, entry)),
    projectSubscriptions(into, step, entry.subscriptions),
    entry.starts &&
      wakeMessages(
        into,
        [...new Set(entry.starts)].map((name) => ({ name: keyOf(name) })),
      ),
    applyGuarded(into.incidents, [
      ...removals<IncidentDocument>(step, entry.incidents),
      ...(entry.incidents?.put ?? []).map((row) => put<IncidentDocument>(step, row.id, incidentFields(row))),
    ]),
    entry.documents && projectDocuments(into, entry.documents, pending.turns),
    entry.consumes !== undefined &&
      into.messages.updateOne(
        { _id: keyOf(entry.consumes), 'hold.nonce': nonce },
        { $set: { kept: false, consumedBy: step.src }, $unset: { hold: '' } },
      ),
  ]);
  const { receipt } = entry;
  if (receipt === undefined) return async () => undefined;
  return () => into.receipts.updateOne({ _id: keyOf(receipt), 'hold.nonce': nonce }, { $unset: { hold: '' } });
}

interface Step {
  src: string;
  rev: number;
  nonce: string;
  now: number;
}

const DAY = 86_400_000;
/** How long a removed row stays, so that a late projection of an older step does not bring it back. */
export const REMEMBER_MS = DAY;

async function projectEvents(into: Collections, { src, events }: Entry, now: number): Promise<void> {
  if (events) await insertOnce(into.history, historyOf(src, events, now));
}

async function insertOnce<D extends Document>(into: Collection<D>, document: D): Promise<void> {
  try {
    await into.insertOne(document as never);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Only over a row that an earlier step of the same case put, or somebody else. */
function notPutBy<D extends Document>({ src, rev }: Step, id: string): Filter<D> {
  return { _id: keyOf(id), $or: [{ src: { $ne: src } }, { rev: { $lt: rev } }] } as unknown as Filter<D>;
}

function put<D extends Document>(step: Step, id: string, fields: object): Guarded<D> {
  const $set = { ...fields, src: step.src, rev: step.rev };
  return { filter: notPutBy<D>(step, id), update: { $set, $unset: { goneAt: '' } } as never, upsert: true };
}

function removals<D extends Document>(
  step: Step,
  rows: { put: { id: string }[]; remove: string[] } | undefined,
): Guarded<D>[] {
  if (!rows) return [];
  const again = new Set(rows.put.map(({ id }) => id));
  return [...new Set(rows.remove)]
    .filter((id) => !again.has(id))
    .map((id) => ({ filter: notPutBy<D>(step, id), update: tombstone(step.now, step) as never, upsert: true }));
}

/**
 * A job passes from one writer to the next with its fence, which only ever rises: a repeated start is put by the version,
 * then by each case that it starts. What a late node puts of an earlier one lands over none that was taken or removed since.
 */
function notTakenSince({ src, rev }: Step, { id, fence }: JobRow): Filter<JobDocument> {
  const of = keyOf(id);
  return {
    _id: of,
    $or: [
      { src: { $ne: src }, fence: { $lte: fence } },
      { src: { $eq: src }, rev: { $lt: rev } },
    ],
  };
}

function jobRemovals(step: Step, rows: Commit['jobs']): Guarded<JobDocument>[] {
  return removals<JobDocument>(step, rows).map(({ update, ...guarded }) => ({
    ...guarded,
    update: { ...update, $inc: { fence: 1 } },
  }));
}

/** Its body stays until the mark goes: servers that read a row while it is changed would show one without. */
function tombstone(now: number, step?: Step) {
  return {
    $set: { live: false, goneAt: now, ...(step && { src: step.src, rev: step.rev }) },
    $unset: { queue: '', at: '', name: '', key: '' },
  };
}

/** Of a job whose lease the write holds: the row keeps the mark of who put it, so that it cannot come back late. */
export function jobDone(now: number) {
  const { $set, $unset } = tombstone(now);
  return { $set, $unset: { ...$unset, hold: '' as const } };
}

function jobChanges(step: Step, { jobs, done }: Entry): Guarded<JobDocument>[] {
  const changes = jobRemovals(step, { put: jobs.put, remove: jobs.remove.filter((id) => id !== done) });
  for (const job of jobs.put) changes.push(job.id === done ? putAfterDone(step, job) : putJob(step, job));
  if (done !== undefined && !jobs.put.some(({ id }) => id === done)) {
    changes.push({ filter: { _id: keyOf(done), 'hold.nonce': step.nonce }, update: jobDone(step.now) as never });
  }
  return changes;
}

function putJob(step: Step, job: JobRow): Guarded<JobDocument> {
  const $set = { ...jobFields(job), src: step.src, rev: step.rev };
  return {
    filter: notTakenSince(step, job),
    update: { $set, $max: { fence: job.fence }, $unset: { goneAt: '', hold: '' } },
    upsert: true,
  };
}

/** The job that caused the step is put again by it: the hold says that this has not happened yet. */
function putAfterDone(step: Step, job: JobRow): Guarded<JobDocument> {
  const { update } = putJob(step, job);
  return { filter: { _id: keyOf(job.id), 'hold.nonce': step.nonce }, update };
}

async function projectSubscriptions(
  into: Collections,
  step: Step,
  rows: Commit['subscriptions'] | undefined,
): Promise<void> {
  if (!rows) return;
  await applyGuarded(into.subscriptions, [
    ...removals<SubscriptionDocument>(step, rows),
    ...rows.put.map((row) => put<SubscriptionDocument>(step, row.id, subscriptionFields(row))),
  ]);
  const waiting = new Map(rows.put.map((row) => [JSON.stringify([row.name, row.key]), row]));
  await wakeMessages(
    into,
    [...waiting.values()].map(({ name, key }) => ({ name: keyOf(name), key: { $eq: keyOrNull(key) } })),
  );
}

/**
 * After whoever waits is there: who looks for it now finds it, and a holder that looked before loses its lease, so that
 * it cannot put the job off.
 */
async function wakeMessages(into: Collections, waiting: readonly Filter<MessageDocument>[]): Promise<void> {
  const found = await Promise.all(
    waiting.map((filter) => into.messages.find({ ...filter, kept: true }, { projection: { jobId: 1 } }).toArray()),
  );
  const wake = {
    $set: { dueAt: 0, at: 0, held: false, owner: null, leaseUntil: 0 },
    $inc: { fence: 1 },
  };
  const ids = new Set(found.flat().map(({ jobId }) => jobId));
  await applyGuarded(
    into.jobs,
    [...ids].map((id) => ({ filter: { _id: id, live: true }, update: wake })),
  );
}

async function projectMessages(
  into: Collections,
  { put, remove }: NonNullable<Entry['messages']>,
  nonce: string,
): Promise<void> {
  await applyGuarded(
    into.messages,
    put.map((id) => ({
      filter: { _id: keyOf(id), 'hold.nonce': nonce },
      update: { $set: { kept: true }, $unset: { hold: '', hidden: '' } },
    })),
  );
  const gone = remove.filter((id) => !put.includes(id));
  if (gone.length > 0) await into.messages.deleteMany({ _id: { $in: gone.map(keyOf) } });
}

async function projectDocuments(
  into: Collections,
  documents: NonNullable<Commit['documents']>,
  turns: readonly number[] | undefined,
): Promise<void> {
  await applyGuarded(into.documents, inTurn(documents, turns ?? (await takeTurns(into, documents))));
}
