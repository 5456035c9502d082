const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** How long to wait after the nth failed try: 5 s, 10 s, 20 s … at most an hour. */
export function backOffMs(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
}
