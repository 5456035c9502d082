import { createHash } from 'node:crypto';
import type { Commit, CommitResult } from '../ports.ts';
import type { CaseDocument, Hold, Pending } from './documents.ts';
import { isDuplicate } from './driver.ts';
import { tooLarge } from './errors.ts';
import { releaseHolds, takeHolds, wantsNothing, type Wanted } from './holds.ts';
import { keyOf, whole } from './keys.ts';
import { outcomeOf, wasBarred } from './outcome.ts';
import { entryOfCommit, pendingOf } from './project.ts';
import { caseFields } from './rows.ts';
import type { Session } from './session.ts';

/** In bytes; a document of MongoDB holds 16 MiB, and the case needs room for a few pending entries. */
const LARGEST = 15_000_000;
/** A write that is known to be lost is tried once more. */
const TRIES = 2;

/**
 * One document is written, with compare-and-set on `rev`: durable from then on. Before it, rows of others that the step
 * needs are held; after it, the step's rows are put in place. Both only where there are any. Where no answer tells whether
 * it was written, the case does.
 */
export async function commitCase(session: Session, commit: Commit): Promise<CommitResult> {
  for (let attempt = 1; ; attempt++) {
    const hold = session.newHold('cases', keyOf(commit.caseId), commit.expectedRev);
    const last = attempt === TRIES;
    try {
      const result = await commitOnce(session, commit, hold);
      // a new case cannot be in anybody's way: another took this write for lost, too early
      if (result === 'ok' || last || commit.expectedRev > 0 || !(await wasBarred(session, hold))) return result;
    } catch (error) {
      const became = await outcomeOf(session, hold, error);
      if (became === 'landed') return 'ok';
      if (became === 'lost') await releaseHolds(session.into, heldBy(commit), hold.nonce);
      if (became !== 'lost' || last) throw error;
    }
  }
}

async function commitOnce(session: Session, commit: Commit, hold: Hold): Promise<CommitResult> {
  const { into, settle, projector, reach } = session;
  const { id } = hold;
  const fields = caseFields(commit.case);
  const own = pendingOf(entryOfCommit(commit), fields.rev, hold.nonce);
  if (Buffer.byteLength(fields.body) + Buffer.byteLength(own.body) > LARGEST) throw tooLarge();

  const wanted = heldBy(commit);
  const holds = !wantsNothing(wanted);
  if (holds) {
    const held = await takeHolds(into, settle, wanted, hold);
    if (held === 'conflict') return 'conflict';
    own.turns = held.turns;
    await reach('held');
  }
  const before = await write(session, commit, { id, fields, own });
  if (before === 'conflict') {
    if (holds) await releaseHolds(into, wanted, hold.nonce);
    // a job that an unfinished step removed is refused until that step is finished
    if (commit.fence) await projector.projectAll('cases', id);
    if (commit.receiptOfCase) await settleAnswered(session, id, commit.receipt!.key);
    return 'conflict';
  }
  await reach('written');
  await projector.projectAfter('cases', id, before, own);
  return 'ok';
}

/** A receipt of the case is kept by the case itself. */
function heldBy(commit: Commit): Wanted {
  return { ...commit, ...(commit.receiptOfCase && { receipt: undefined }) };
}

interface Writing {
  id: string;
  fields: ReturnType<typeof caseFields>;
  own: Pending;
}

/** Answers what earlier steps left pending. */
async function write({ into }: Session, commit: Commit, writing: Writing): Promise<Pending[] | 'conflict'> {
  const { id, fields, own } = writing;
  const answered = commit.receiptOfCase && answeredKey(commit.receipt!.key);
  const groups = [...new Set(commit.tasks.flatMap((task) => task.groups.map(keyOf)))];
  if (commit.expectedRev === 0) {
    try {
      await into.cases.insertOne({ _id: id, ...fields, groups, pending: [own], pendingRev: own.rev });
      return [];
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  const filter = {
    _id: id,
    rev: { $eq: whole(commit.expectedRev) },
    barred: { $ne: own.nonce },
    ...(commit.fence && { 'pending.gone': { $ne: keyOf(commit.fence.jobId) } }),
    ...(answered !== undefined && { answered: { $ne: answered } }),
  };
  const add = {
    ...(groups.length > 0 && { groups: { $each: groups } }),
    ...(answered !== undefined && { answered }),
  };
  const before = await into.cases.findOneAndUpdate(
    filter,
    {
      $set: { ...fields, pendingRev: own.rev },
      $push: { pending: own },
      $unset: { barred: '' },
      ...(Object.keys(add).length > 0 && { $addToSet: add }),
    },
    { projection: { pending: 1 } satisfies Partial<Record<keyof CaseDocument, 1>>, returnDocument: 'before' },
  );
  return before ? (before.pending ?? []) : 'conflict';
}

/** The key of a receipt, short: a case remembers every one. */
function answeredKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}

/**
 * Where the case says that the key has its answer: that answer is put in place, so that it is found. One that was kept long
 * enough is gone, and its key is new again.
 */
async function settleAnswered({ into, projector }: Session, id: string, key: string): Promise<void> {
  const answered = answeredKey(key);
  const filter = { _id: id, answered: { $eq: answered } };
  const found = await into.cases.findOne(filter, { projection: { rev: 1 } });
  if (!found) return;
  await projector.projectAll('cases', id);
  if (await into.receipts.findOne({ _id: keyOf(key) }, { projection: { _id: 1 } })) return;
  await into.cases.updateOne({ _id: id, rev: { $eq: found.rev } }, { $pull: { answered } });
}
