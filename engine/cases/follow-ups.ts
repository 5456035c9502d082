import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Commit, EventRow } from '../store/ports.ts';
import type { HouseDates } from './house-dates.ts';
import { newJob } from './rows.ts';

/** What the house around the engine does because of events: notices to people, what follows a missed deadline. */
export interface FollowUps {
  /** Pure: what follows from what a commit writes. Kept as jobs in that same commit. */
  of(happened: { row: CaseRow; graph: ProcessGraph; events: readonly EventRow[] }): readonly FollowUp[];
  /** Does one, at least once: a node may die before it is known that it was done. Whatever it rejects with is tried again. */
  perform(due: DueFollowUp): Promise<void>;
  /** It failed for the last time: puts that on record. `code`: of the refusal, where it was one. */
  giveUp(due: DueFollowUp, message: string, code?: string): Promise<void>;
  /** What a notice of holidays moves beside the cases; nothing where absent. */
  readonly dates?: HouseDates;
}

export interface FollowUp {
  /** Unique within its case, and the same whenever the same events are looked at: receivers know a repetition by it. */
  readonly id: string;
  readonly payload: JsonObject;
}

export interface DueFollowUp extends FollowUp {
  readonly caseId: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  /** For a command that shall take effect once: it removes the job with its own write. */
  readonly fence: NonNullable<Commit['fence']>;
}

/** Over about a day: 5 s, 10 s, 20 s … then hourly. */
const TRIES = 30;
const KEY = '~';

export const NO_FOLLOW_UPS: FollowUps = {
  of: () => [],
  perform: async () => {},
  giveUp: async () => {},
};

/** Adds the jobs of what follows from a commit to it. */
export function addFollowUps(followUps: FollowUps, commit: Commit, graph: ProcessGraph, now: number): void {
  for (const { id, payload } of followUps.of({ row: commit.case, graph, events: commit.events })) {
    commit.jobs.put.push({
      ...newJob(commit.caseId, '', '', now),
      id: `${commit.caseId}${KEY}${id}`,
      kind: 'follow-up',
      maxAttempts: TRIES,
      payload,
    });
  }
}

/** The id that `of` gave, of the job's id. */
export function followUpId(jobId: string, caseId: string): string {
  return jobId.slice(caseId.length + KEY.length);
}
