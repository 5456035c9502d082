import type { JobRow } from '../store/ports.ts';

/** How a try of a job ended: done, tried again later, given to a person, or its work had been done elsewhere meanwhile. */
export type JobOutcome = 'done' | 'retry' | 'incident' | 'overtaken';

/** Told of jobs as they pass, for measuring. Must not throw. */
export interface JobWatch {
  /** A job was leased so long (ms) after it was due; told of its first try only. */
  taken(kind: JobRow['kind'], lateMs: number): void;
  ended(kind: JobRow['kind'], outcome: JobOutcome): void;
}

export const UNWATCHED: JobWatch = { taken: () => undefined, ended: () => undefined };
