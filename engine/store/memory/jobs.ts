import type { JobClaim, JobRow } from '../ports.ts';
import { byDue } from '../order.ts';
import type { Tables } from './tables.ts';

export function claimJobs(tables: Tables, { owner, now, leaseMs, limit, topics }: JobClaim): JobRow[] {
  const wanted = topics && new Set(topics);
  const due = [...tables.jobs.values()].filter(
    (job) =>
      job.dueAt <= now &&
      job.leaseUntil <= now &&
      (wanted ? job.topic !== null && wanted.has(job.topic) : job.topic === null),
  );
  return due
    .sort(byDue)
    .slice(0, limit)
    .map((job) =>
      Object.assign(job, { owner, leaseUntil: now + leaseMs, fence: job.fence + 1, attempts: job.attempts + 1 }),
    );
}

export function nextJobDue(tables: Tables): number | undefined {
  let next: number | undefined;
  for (const job of tables.jobs.values()) {
    if (job.topic !== null) continue;
    const at = Math.max(job.dueAt, job.leaseUntil);
    if (next === undefined || at < next) next = at;
  }
  return next;
}
