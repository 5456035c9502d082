import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id that sorts by creation time: 9 characters of time (ms), 11 of randomness, Crockford base 32.
 * Sorting by time keeps B-tree inserts at the right-hand edge.
 */
export function newId(now: number): string {
  let time = '';
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time;
  let tail = '';
  for (const byte of randomBytes(11)) tail += CROCKFORD[byte % 32];
  return time + tail;
}
