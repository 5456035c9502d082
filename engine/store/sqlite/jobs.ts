import type { JobClaim, JobRow, LeasedJob } from '../ports.ts';
import { compareText } from '../order.ts';
import type { Database, SqlRow } from './driver.ts';
import { keyOf, keyOrNull, textOrNull } from './keys.ts';

/** A fence never falls: a worker that held the job before it was put again must not be believed later. */
export function putJob(database: Database, job: JobRow): void {
  database.run(
    `INSERT INTO jobs(id, topic, due_at, attempts, owner, lease_until, fence, last_error, row) VALUES (?,?,?,?,?,?,?,?,?)
     ON CONFLICT(id) DO UPDATE SET topic = excluded.topic, due_at = excluded.due_at, attempts = excluded.attempts,
       owner = excluded.owner, lease_until = excluded.lease_until, fence = max(fence, excluded.fence),
       last_error = excluded.last_error, row = excluded.row`,
    keyOf(job.id),
    keyOrNull(job.topic),
    job.dueAt,
    job.attempts,
    keyOrNull(job.owner),
    job.leaseUntil,
    job.fence,
    keyOrNull(job.lastError),
    JSON.stringify(job),
  );
}

export function removeJob(database: Database, id: string): void {
  database.run('DELETE FROM jobs WHERE id = ?', keyOf(id));
}

export function holdsLease(database: Database, { jobId, fence }: { jobId: string; fence: number }): boolean {
  const job = database.get('SELECT owner, fence FROM jobs WHERE id = ?', keyOf(jobId));
  return job !== undefined && job.owner !== null && job.fence === fence;
}

export function findJob(database: Database, id: string): JobRow | undefined {
  const row = database.get('SELECT * FROM jobs WHERE id = ?', keyOf(id));
  return row && jobOf(row);
}

function jobOf(row: SqlRow): JobRow {
  return {
    ...(JSON.parse(row.row as string) as JobRow),
    dueAt: row.due_at as number,
    attempts: row.attempts as number,
    owner: textOrNull(row.owner as string | null),
    leaseUntil: row.lease_until as number,
    fence: row.fence as number,
    lastError: textOrNull(row.last_error as string | null),
  };
}

const DUE = `SELECT id, due_at FROM jobs INDEXED BY job_due
  WHERE topic IS NULL AND due_at <= ? AND lease_until <= ? ORDER BY due_at, id LIMIT ?`;
const DUE_OF_TOPIC = `SELECT id, due_at FROM jobs INDEXED BY job_topic
  WHERE topic = ? AND due_at <= ? AND lease_until <= ? ORDER BY due_at, id LIMIT ?`;

export function claimDueJobs(database: Database, claim: JobClaim): LeasedJob[] {
  const { owner, now, leaseMs, limit, topics } = claim;
  const due = topics
    ? [...new Set(topics)].flatMap((topic) => database.all(DUE_OF_TOPIC, keyOf(topic), now, now, limit))
    : database.all(DUE, now, now, limit);
  if (topics) due.sort((a, b) => Number(a.due_at) - Number(b.due_at) || compareText(String(a.id), String(b.id)));
  return due.slice(0, limit).map(({ id }) => {
    const before = jobOf(database.get('SELECT * FROM jobs WHERE id = ?', id!)!);
    const leased = { owner, leaseUntil: now + leaseMs, fence: before.fence + 1, attempts: before.attempts + 1 };
    const lease = 'UPDATE jobs SET owner = ?, lease_until = ?, fence = ?, attempts = ? WHERE id = ?';
    database.run(lease, keyOf(owner), leased.leaseUntil, leased.fence, leased.attempts, id!);
    return { ...before, ...leased, ...(before.owner !== null && { lapsed: true as const }) };
  });
}

export function rescheduleJob(
  database: Database,
  id: string,
  fence: number,
  change: { dueAt: number; leaseUntil?: number; attempts?: number; lastError?: string },
): boolean {
  const { changes } = database.run(
    `UPDATE jobs SET due_at = ?, lease_until = ?, owner = CASE WHEN ? THEN owner END, attempts = coalesce(?, attempts),
     last_error = coalesce(?, last_error) WHERE id = ? AND fence = ? AND owner IS NOT NULL`,
    change.dueAt,
    change.leaseUntil ?? 0,
    change.leaseUntil === undefined ? 0 : 1,
    change.attempts ?? null,
    keyOrNull(change.lastError),
    keyOf(id),
    fence,
  );
  return changes === 1;
}

/** The first free job in order of due date bounds the search: only jobs due before it, leased ones, can come earlier. */
export function nextJobAt(database: Database): number | undefined {
  const free = database.get(
    `SELECT due_at FROM jobs INDEXED BY job_due WHERE topic IS NULL AND lease_until <= due_at ORDER BY due_at LIMIT 1`,
  )?.due_at as number | undefined;
  const leased = database.get(
    `SELECT min(max(due_at, lease_until)) AS at FROM jobs INDEXED BY job_due WHERE topic IS NULL AND due_at < ?`,
    free ?? Number.MAX_SAFE_INTEGER,
  )!.at as number | null;
  return leased === null ? free : Math.min(leased, free ?? Infinity);
}
