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

const told = (counts: number | string, outdated = false) => ({ counts, outdated });

describe('a count that many ask for', () => {
  it('is made for each while it is quick: everyone sees what was done before', async () => {
    const { ask, end } = counting();
    const first = ask();
    await end(49);
    expect(await first).toEqual(told(1));
    const both = [ask(), ask()];
    await end(49);
    expect(await Promise.all(both)).toEqual([told(2), told(3)]);
  });

  it('is shared while it is slow, and made again after ten times as long, while the last one is told', async () => {
    const { ask, end, pass, made } = counting();
    const first = ask();
    await end(200);
    await first;
    pass(1_700);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1), told(1)]);
    expect(made()).toBe(1);
    pass(200);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1), told(1)]);
    expect(made()).toBe(2);
    await end(200);
    expect(await ask()).toEqual(told(2));
  });

  it('is told as outdated after a minute without anybody asking, and counted anew behind it', async () => {
    const { ask, end, pass, made } = counting();
    const first = ask();
    await end(200);
    expect(await first).toEqual(told(1));
    pass(59_999 - 200);
    expect(await ask()).toEqual(told(1));
    pass(1);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1, true), told(1, true)]);
    expect(made()).toBe(2);
    await end(30);
    const quick = ask();
    await end(30);
    expect(await quick).toEqual(told(3));
  });

  it('that fails is told of to those who ask next once it is outdated, and is made again for them', async () => {
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
    expect(await ask()).toEqual(told('counts'));
    await new Promise((resolve) => setImmediate(resolve));
    time += 60_000;
    await expect(ask()).rejects.toThrow('away');
    fails = false;
    expect(await ask()).toEqual(told('counts'));
  });
});
