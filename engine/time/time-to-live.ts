import { DAY_MS } from './day.ts';
import { parseDuration } from './iso8601.ts';

const LONGEST_MS = 10 * 366 * DAY_MS;

/** When a message that is sent now is no longer kept; undefined unless it is an ISO 8601 duration of at most 10 years. */
export function expiryOf(timeToLive: string, now: number): number | undefined {
  const at = parseDuration(timeToLive)?.addTo(now);
  return at !== undefined && at > now && at - now <= LONGEST_MS ? at : undefined;
}
