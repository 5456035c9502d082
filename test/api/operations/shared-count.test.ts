import { describe, expect, it } from '@jest/globals';
import { sharedCount } from '../../../api/operations/shared-count.ts';

/** Counts 1, 2, 3 …; each takes as long as `takes` says, and ends when it is told to. */
function counting() {
  let [time, made] = [0, 0];
  const ends: (() => void)[] = [];
  const ask = sharedCount(
    async () => {
      const number = ++made;
      await new Promise<void>((done) => ends.push(done));
      return number;
    },
    () => time,
  );
  return {
    ask,
    made: () => made,
    pass: (ms: number) => (time += ms),
    async end(takes: number) {
      time += takes;
      for (const done of ends.splice(0)) done();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a count that many ask for', () => {
  it('is made for each while it is quick: everyone sees what was done before', async () => {
    const { ask, end } = counting();
    const first = ask();
    await end(49);
    expect(await first).toBe(1);
    const both = [ask(), ask()];
    await end(49);
    expect(await Promise.all(both)).toEqual([2, 3]);
  });

  it('is shared while it is slow, and made again after ten times as long, while the last one is told', async () => {
    const { ask, end, pass, made } = counting();
    const first = ask();
    await end(200);
    await first;
    pass(1_700);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(made()).toBe(1);
    pass(200);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(made()).toBe(2);
    await end(200);
    expect(await ask()).toBe(2);
  });

  it('is waited for where nobody asked for a minute', async () => {
    const { ask, end, pass } = counting();
    const first = ask();
    await end(200);
    await first;
    pass(60_000);
    const next = ask();
    await end(30);
    expect(await next).toBe(2);
    const quick = ask();
    await end(30);
    expect(await quick).toBe(3);
  });

  it('that fails says so to those who wait, and is made again for the next', async () => {
    let fails = false;
    let time = 0;
    const ask = sharedCount(
      async () => {
        time += 200;
        if (fails) throw new Error('away');
        return 'counts';
      },
      () => time,
    );
    await ask();
    fails = true;
    time += 5_000;
    expect(await ask()).toBe('counts');
    time += 60_000;
    await expect(ask()).rejects.toThrow('away');
    fails = false;
    expect(await ask()).toBe('counts');
  });
});
