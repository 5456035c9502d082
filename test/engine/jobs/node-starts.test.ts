import { describe, expect, it } from '@jest/globals';
import { beganAlone, lastTrial, nodeStarts, wentAway, wentMany } from '../../../engine/jobs/node-starts.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { NINE } from '../../support/stores.ts';

describe('what nodes write down of themselves', () => {
  it('tells that many went away when six began within the time, whichever node asks', async () => {
    const { clock, node, read } = aCity();
    for (let n = 0; n < 5; n++) await node().note();
    clock.advance(60_000);
    expect(wentMany(await read(), clock.now(), 60_000)).toBe(false);
    await node().note();
    expect(wentMany(await read(), clock.now(), 60_000)).toBe(true);
    clock.advance(1);
    expect(wentMany(await read(), clock.now(), 60_000)).toBe(false);
    // as it was then
    expect(wentMany(await read(), clock.now() - 1, 60_000)).toBe(true);
  });

  it('does not count those that went away with a suspect', async () => {
    const { clock, node, read } = aCity();
    for (let n = 0; n < 20; n++) {
      const dies = node();
      await dies.note();
      await dies.begins(`job-${n}`);
      clock.advance(1_000);
    }
    expect(wentMany(await read(), clock.now(), 60_000)).toBe(false);
  });

  it('tells since when a suspect ran alone, and how many nodes went away without one since then', async () => {
    const { clock, node, read } = aCity();
    const dies = node();
    await dies.note();
    clock.advance(1_000);
    await dies.begins('job');
    clock.advance(1_000);
    const next = node();
    await next.note();
    expect(beganAlone(await read(), 'job')).toBe(NINE + 1_000);
    expect(lastTrial(await read())).toBe(NINE + 1_000);
    expect(wentAway(await read(), NINE + 1_000)).toBe(0);
    clock.advance(1_000);
    await node().note();
    expect(wentAway(await read(), NINE + 1_000)).toBe(1);
    expect(beganAlone(await read(), 'other')).toBeUndefined();
  });

  it('forgets the suspect that a node lived through', async () => {
    const { node, read } = aCity();
    const lives = node();
    await lives.note();
    await lives.begins('job');
    await lives.ended('other');
    expect(beganAlone(await read(), 'job')).toBe(NINE);
    await lives.ended('job');
    expect([beganAlone(await read(), 'job'), lastTrial(await read())]).toEqual([undefined, -Infinity]);
  });

  it('takes up no more room, however many there have been', async () => {
    const { clock, node, read } = aCity();
    for (let n = 0; n < 200; n++) {
      await node().note();
      clock.advance(60_000);
    }
    expect((await read()).length).toBe(128);
    expect(wentMany(await read(), clock.now(), 60_000)).toBe(false);
  });
});

function aCity() {
  const store = memoryStore();
  const clock = movableClock(NINE);
  const node = () => nodeStarts({ store, clock });
  return { clock, node, read: node().read };
}
