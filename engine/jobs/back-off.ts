import type { JobRow } from '../store/ports.ts';
import { parseDuration } from '../time/index.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/**
 * When a job that failed is tried again: after the pause its model states (`pauses`, ISO 8601 durations, the last one
 * repeats), else after 5 s, 10 s, 20 s … at most an hour.
 */
export function nextTryAt({ attempts, payload }: Pick<JobRow, 'attempts' | 'payload'>, now: number): number {
  const pauses = Array.isArray(payload.pauses) ? payload.pauses : [];
  const stated = pauses[Math.min(attempts, pauses.length) - 1];
  const pause = typeof stated === 'string' ? parseDuration(stated) : undefined;
  if (pause) return pause.addTo(now);
  return now + Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
}
