import { describe, expect, it } from '@jest/globals';
import { sharedLook } from '../../../api/operations/shared-look.ts';

/** Sees 1, 2, 3 …; each look takes as long as `takes` says, and ends when it is told to. */
function looking() {
  let [time, leapt, made] = [0, 0, 0];
  const ends: (() => void)[] = [];
  const ask = sharedLook(
    async () => {
      const number = ++made;
      await new Promise<void>((done) => ends.push(done));
      return number;
    },
    { clock: () => time + leapt, monotonic: () => time },
  );
  return {
    ask,
    made: () => made,
    pass: (ms: number) => (time += ms),
    leap: (ms: number) => (leapt += ms),
    async end(takes: number) {
      time += takes;
      for (const done of ends.splice(0)) done();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const told = (seen: number | string, outdated = false) => ({ seen, outdated });

describe('a look that many ask for', () => {
  it('is taken for each while it is quick: everyone sees what was done before', async () => {
    const { ask, end } = looking();
    const first = ask();
    await end(49);
    expect(await first).toEqual(told(1));
    const both = [ask(), ask()];
    await end(49);
    expect(await Promise.all(both)).toEqual([told(2), told(3)]);
  });

  it('is shared while it is slow, and taken again after ten times as long; until it is there the last one is told as outdated', async () => {
    const { ask, end, pass, made } = looking();
    const first = ask();
    await end(200);
    await first;
    pass(1_700);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1), told(1)]);
    expect(made()).toBe(1);
    pass(200);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1, true), told(1, true)]);
    expect(made()).toBe(2);
    await end(200);
    expect(await ask()).toEqual(told(2));
  });

  it('is told as outdated after a minute at the latest, and taken anew behind it', async () => {
    const { ask, end, pass, made } = looking();
    const first = ask();
    await end(9_000);
    expect(await first).toEqual(told(1));
    pass(59_999 - 9_000);
    expect(await ask()).toEqual(told(1));
    pass(1);
    expect(await Promise.all([ask(), ask()])).toEqual([told(1, true), told(1, true)]);
    expect(made()).toBe(2);
    await end(30);
    const quick = ask();
    await end(30);
    expect(await quick).toEqual(told(3));
  });

  it('is outdated once the clock by which it was made has leapt, however soon after', async () => {
    const { ask, end, leap } = looking();
    const first = ask();
    await end(200);
    await first;
    leap(5 * 86_400_000);
    expect(await ask()).toEqual(told(1, true));
    await end(200);
    expect(await ask()).toEqual(told(2));
    const during = looking();
    const slow = during.ask();
    during.leap(86_400_000);
    await during.end(200);
    await slow;
    expect(await during.ask()).toEqual(told(1, true));
  });

  it('goes on being taken for each where one of them took long by chance', async () => {
    const { ask, end } = looking();
    for (const [index, takes] of [10, 200, 10].entries()) {
      const asked = ask();
      await end(takes);
      expect(await asked).toEqual(told(index + 1));
    }
  });

  it('that fails is told of to those who ask next once it is outdated, and is taken again for them', async () => {
    let fails = false;
    let time = 0;
    const ask = sharedLook(
      async () => {
        time += 200;
        if (fails) throw new Error('away');
        return 'lights';
      },
      { clock: () => time, monotonic: () => time },
    );
    await ask();
    fails = true;
    time += 5_000;
    expect(await ask()).toEqual(told('lights', true));
    await new Promise((resolve) => setImmediate(resolve));
    time += 60_000;
    await expect(ask()).rejects.toThrow('away');
    fails = false;
    expect(await ask()).toEqual(told('lights'));
  });
});
