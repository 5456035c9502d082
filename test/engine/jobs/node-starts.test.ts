import { describe, expect, it } from '@jest/globals';
import { nodeStarts } from '../../../engine/jobs/node-starts.ts';
import { movableClock } from '../../../engine/kernel/clock.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { NINE } from '../../support/stores.ts';

describe('the starts of nodes', () => {
  it('are many when five fall into twenty seconds, whichever node asks', async () => {
    const { store, clock, starts } = aCity();
    expect(await starts.areMany()).toBe(false);
    for (let n = 0; n < 4; n++) await starts.note();
    clock.advance(20_000);
    expect(await starts.areMany()).toBe(false);
    await nodeStarts({ store, clock }).note();
    expect(await starts.areMany()).toBe(true);
    clock.advance(1);
    expect(await starts.areMany()).toBe(false);
  });

  it('take up no more room, however many there have been', async () => {
    const { store, clock, starts } = aCity();
    for (let n = 0; n < 100; n++) {
      await starts.note();
      clock.advance(60_000);
    }
    expect((await store.listDocuments('node-starts')).length).toBe(32);
    expect(await starts.areMany()).toBe(false);
  });
});

function aCity() {
  const store = memoryStore();
  const clock = movableClock(NINE);
  return { store, clock, starts: nodeStarts({ store, clock }) };
}
