import type { Clock } from '../kernel/clock.ts';
import type { JobRow, LeasedJob, Store } from '../store/ports.ts';

/** A job whose node died is taken up again after this long at the latest. */
export const LEASE_MS = 10_000;
/** A lease that is needed longer is renewed when so much of it is left. */
const RENEW_MS = 6_000;

export interface LeasesDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Name of this node, unique among nodes. */
  readonly owner: string;
  onError(error: unknown): void;
}

/** What one node says to the store about the jobs it has leased. */
export interface Leases {
  /** Leases so many of the jobs that are due. */
  claim(limit: number): Promise<LeasedJob[]>;
  /** Renews those leases that end soon: nobody else begins these jobs. */
  renew(jobs: readonly LeasedJob[]): void;
  /** Writes the change into the job, with a new lease. False: the lease was lost. */
  keep(job: LeasedJob, change: { attempts: number; lastError: string }, leaseMs?: number): Promise<boolean>;
  /** Ends the lease, as the job is. Never throws: else the lease runs out by itself. */
  free(job: JobRow): Promise<void>;
  /** The same for a job whose try did not begin, or no longer counts: what it writes from here on is refused. */
  giveBack(job: JobRow): Promise<void>;
}

export function createLeases({ store, clock, owner, onError }: LeasesDeps): Leases {
  let renewing = false;

  async function free({ id, fence, dueAt, attempts }: JobRow): Promise<void> {
    try {
      await store.rescheduleJob(id, fence, { dueAt, attempts });
    } catch (error) {
      onError(error);
    }
  }

  return {
    claim: (limit) => store.claimDueJobs({ owner, now: clock.now(), leaseMs: LEASE_MS, limit }),
    renew(jobs) {
      const now = clock.now();
      if (renewing) return;
      const ending = jobs.filter(({ leaseUntil }) => leaseUntil - now < RENEW_MS);
      if (ending.length === 0) return;
      renewing = true;
      const leaseUntil = now + LEASE_MS;
      const renewals = ending.map(async (job) => {
        job.leaseUntil = leaseUntil; // also where it was refused: the lease is lost, and what the job writes is refused
        await store.rescheduleJob(job.id, job.fence, { dueAt: job.dueAt, leaseUntil });
      });
      void Promise.all(renewals)
        .catch(onError)
        .finally(() => (renewing = false));
    },
    keep(job, change, leaseMs = LEASE_MS) {
      Object.assign(job, change, { leaseUntil: clock.now() + leaseMs });
      const { id, fence, dueAt, leaseUntil } = job;
      return store.rescheduleJob(id, fence, { dueAt, leaseUntil, ...change });
    },
    free,
    giveBack: (job) => free({ ...job, attempts: job.attempts - 1 }),
  };
}
