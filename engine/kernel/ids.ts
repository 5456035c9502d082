import { randomFillSync } from 'node:crypto';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM = 11;
/** Drawn ahead: asking the system for each id's bytes costs more than all else in it. */
const drawn = Buffer.alloc(RANDOM * 400);
let used = drawn.length;

/**
 * A new id that sorts by creation time: 9 characters of time (ms), 11 of randomness, Crockford base 32.
 * Sorting by time keeps B-tree inserts at the right-hand edge.
 */
export function newId(now: number): string {
  let time = '';
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time;
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  let tail = '';
  for (const end = used + RANDOM; used < end; used++) tail += CROCKFORD[drawn[used]! % 32];
  return time + tail;
}
