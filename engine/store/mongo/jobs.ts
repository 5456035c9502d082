import { randomUUID } from 'node:crypto';
import type { JobClaim, JobRow, LeasedJob } from '../ports.ts';
import { byDue } from '../order.ts';
import type { JobDocument } from './documents.ts';
import { keyOf, whole } from './keys.ts';
import { jobOf, queueOf } from './rows.ts';
import type { Session } from './session.ts';

export async function findJob({ into }: Session, id: string): Promise<JobRow | undefined> {
  const found = await into.jobs.findOne({ _id: keyOf(id), live: true });
  return found ? jobOf(found) : undefined;
}

/**
 * Looks for the first that are due and leases each only while it is as it was seen. What another caller was quicker
 * with is looked for again, so that nobody goes away with less than there is.
 */
export async function claimDueJobs(session: Session, claim: JobClaim): Promise<LeasedJob[]> {
  const claimed: LeasedJob[] = [];
  while (claimed.length < claim.limit) {
    const due = await findDue(session, claim, claim.limit - claimed.length);
    if (due.length === 0) break;
    const free = await freed(session, due);
    if (free.length > 0) claimed.push(...(await lease(session, claim, free)));
  }
  return claimed.sort(byDue);
}

async function findDue({ into }: Session, { now, topics }: JobClaim, limit: number): Promise<JobDocument[]> {
  const queues = topics ? [...new Set(topics)].map(queueOf) : [queueOf(null)];
  const lists = await Promise.all(
    queues.map((queue) =>
      into.jobs
        .find({ queue: { $eq: queue }, at: { $lte: whole(now) } })
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .toArray(),
    ),
  );
  const due = lists.flat();
  if (lists.length > 1) due.sort((a, b) => a.at! - b.at!);
  return due.slice(0, limit);
}

/** A job whose lease has ended while a write holds it: that write has landed, or may not land any more. */
async function freed({ into, settle }: Session, due: JobDocument[]): Promise<JobDocument[]> {
  for (const { _id, hold } of due) {
    if (!hold) continue;
    await settle(hold, 'at once');
    await into.jobs.updateOne({ _id, 'hold.nonce': hold.nonce }, { $unset: { hold: '' } });
  }
  return due.filter(({ hold }) => !hold);
}

async function lease(
  { into }: Session,
  { owner, now, leaseMs }: JobClaim,
  due: readonly JobDocument[],
): Promise<LeasedJob[]> {
  const claim = randomUUID();
  const leaseUntil = whole(now + leaseMs);
  await into.jobs.bulkWrite(
    due.map(({ _id, fence }) => ({
      updateOne: {
        filter: {
          _id,
          live: true,
          fence: { $eq: fence },
          at: { $lte: now },
          hold: { $eq: null },
        } as never,
        update: {
          $set: { owner: keyOf(owner), held: true, leaseUntil, at: leaseUntil, claim },
          $inc: { fence: 1, attempts: 1 },
        },
      },
    })),
    { ordered: false },
  );
  const taken = await into.jobs.find({ _id: { $in: due.map(({ _id }) => _id) }, claim: { $eq: claim } }).toArray();
  const lapsed = new Set(due.filter(({ held }) => held).map(({ _id }) => _id));
  return taken
    .filter(({ live }) => live)
    .map((document) => ({ ...jobOf(document), ...(lapsed.has(document._id) && { lapsed: true as const }) }));
}

export async function rescheduleJob(
  { into }: Session,
  id: string,
  fence: number,
  change: { dueAt: number; leaseUntil?: number; attempts?: number; lastError?: string },
): Promise<boolean> {
  const { dueAt, leaseUntil, attempts, lastError } = change;
  const leased = { _id: keyOf(id), live: true, held: true, fence: { $eq: whole(fence) }, hold: { $eq: null } };
  const { matchedCount } = await into.jobs.updateOne(leased as never, {
    $set: {
      dueAt: whole(dueAt),
      leaseUntil: whole(leaseUntil ?? 0),
      at: Math.max(dueAt, leaseUntil ?? 0),
      ...(leaseUntil === undefined && { held: false, owner: null }),
      ...(attempts !== undefined && { attempts: whole(attempts) }),
      ...(lastError !== undefined && { lastError: keyOf(lastError) }),
    },
  });
  return matchedCount === 1;
}

export async function nextJobAt({ into }: Session): Promise<number | undefined> {
  const queue = { $eq: queueOf(null) };
  const [next] = await into.jobs
    .find({ queue }, { projection: { at: 1 } })
    .sort({ at: 1 })
    .limit(1)
    .toArray();
  return next?.at;
}
