import type { JobClaim, LeasedJob } from '../ports.ts';
import { byDue } from '../order.ts';
import type { Tables } from './tables.ts';

export function claimJobs(tables: Tables, claim: JobClaim): LeasedJob[] {
  const { owner, now, leaseMs, limit, topics } = claim;
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
    .map((job) => {
      const lapsed = job.owner !== null && { lapsed: true as const };
      Object.assign(job, { owner, leaseUntil: now + leaseMs, fence: job.fence + 1, attempts: job.attempts + 1 });
      return { ...job, ...lapsed };
    });
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
