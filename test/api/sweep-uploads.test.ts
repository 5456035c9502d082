import { afterEach, beforeEach, expect, it, describe, jest } from '@jest/globals';
import { sweepUploads } from '../../api/sweep-uploads.ts';

const NOW = Date.parse('2026-03-02T09:00:00+08:00');
const HOUR = 3_600_000;

describe('a node', () => {
  beforeEach(() => void jest.useFakeTimers({ now: NOW }));
  afterEach(() => void jest.useRealTimers());

  /** What it finds each time: a number that it removes, or an error. */
  function sweeping(...finds: (number | Error)[]) {
    const swept: number[] = [];
    const told: number[] = [];
    const errors: unknown[] = [];
    const files = {
      async sweep(now: number) {
        swept.push(now - NOW);
        const found = finds.shift() ?? 0;
        if (typeof found === 'number') return found;
        throw found;
      },
    };
    const options = { clock: { now: () => Date.now() }, told: (n: number) => void told.push(n) };
    const stop = sweepUploads(files, { ...options, onError: (error) => errors.push(error) });
    return { swept, told, errors, stop };
  }

  it('sweeps what uploads left when it starts, then every hour until it stops, and tells of what it found', async () => {
    const { swept, told, stop } = sweeping(2, 0, 1);
    await jest.advanceTimersByTimeAsync(2 * HOUR);
    stop();
    await jest.advanceTimersByTimeAsync(5 * HOUR);
    expect([swept, told]).toEqual([
      [0, HOUR, 2 * HOUR],
      [2, 1],
    ]);
  });

  it('goes on after a look that failed', async () => {
    const { swept, told, errors } = sweeping(new Error('the disk fails'), 3);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect([swept.length, told, errors]).toEqual([2, [3], [new Error('the disk fails')]]);
  });
});
