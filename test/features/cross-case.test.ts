import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Store } from '../../engine/index.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { testStore } from '../support/test-store.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { DESIGNER, office, type Office } from '../support/office.ts';
import { patience } from '../support/patience.ts';
import { closeStores, tempDirectory, track } from '../support/stores.ts';

jest.setTimeout(patience(60_000));

const HOUR = 3_600_000;
const CALLED = bpmn(`<startEvent id="s"/><userTask id="check"/><endEvent id="e"/>${chain('s', 'check', 'e')}`, {
  id: 'called',
});
const CALLING = bpmn(
  `<startEvent id="s"/><callActivity id="call" calledElement="called"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></callActivity>
   <intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
   <intermediateCatchEvent id="hear"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>
   <userTask id="after"/><endEvent id="e"/>${chain('s', 'call', 'wait', 'hear', 'after', 'e')}`,
  { id: 'calling', roots: '<message id="m" name="paid"/><signal id="g" name="storm"/>' },
);
const EVERY_HOUR = bpmn(
  `<startEvent id="s"><timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition></startEvent><endEvent id="e"/>${chain('s', 'e')}`,
  { id: 'hourly' },
);

afterEach(closeStores);

describe('what crosses cases', () => {
  it('goes on after the store was closed and opened again at every turn', async () => {
    const directory = tempDirectory();
    let store: Store | undefined;
    let now = '2026-03-02T09:00:00+08:00';
    const reopen = async (): Promise<Office> => {
      await store?.close();
      store = track(await openSqliteStore({ directory, durability: 'process' }));
      return office({ store, now });
    };

    let desk = await reopen();
    await desk.deploy(CALLED);
    await desk.deploy(EVERY_HOUR);
    const row = await desk.open(CALLING);
    await desk.engine.publishMessage({ name: 'paid', key: null, variables: {}, timeToLive: 'P1D', id: 'm' }, DESIGNER);
    desk = await reopen();
    await desk.pass(0);
    desk = await reopen();
    const children = await desk.store.listCases({ parent: row.id, limit: 10 });
    expect(children).toHaveLength(2);
    for (const child of children) {
      await desk.complete(child.id, 'check');
      desk = await reopen();
    }
    await desk.pass(0);
    desk = await reopen();
    expect(await desk.events(row.id)).toContain('message.awaited wait');
    await desk.pass(0);
    expect(await desk.events(row.id)).toContain('message.received wait');
    await desk.engine.broadcastSignal({ name: 'storm', variables: {} }, DESIGNER);
    desk = await reopen();
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['after']);

    now = '2026-03-02T10:00:00+08:00';
    desk = await reopen();
    await desk.pass(0);
    desk = await reopen();
    await desk.pass(0);
    expect(await desk.store.listCases({ definitionKey: 'hourly', limit: 10 })).toHaveLength(1);
    expect(await desk.store.nextJobAt()).toBe(desk.clock.now() + HOUR);
  });

  it('does not open a called case after its caller was cancelled in the same moment', async () => {
    const store = testStore();
    const desk = office({ store });
    await desk.deploy(CALLED);
    const row = await desk.open(CALLING);
    const commit = store.commit.bind(store);
    let cancelled = false;
    store.commit = async (write) => {
      if (write.case.parent && !cancelled) {
        cancelled = true;
        await desk.engine.cancelCase({ caseId: row.id, reason: 'withdrawn' }, DESIGNER);
      }
      return commit(write);
    };
    await desk.pass(0);
    await desk.pass(HOUR);
    expect(cancelled).toBe(true);
    const children = await desk.store.listCases({ parent: row.id, limit: 10 });
    expect(children.filter(({ status }) => status === 'active')).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('is handed over once where the answer of a write is lost', async () => {
    const store = testStore();
    const desk = office({ store });
    await desk.deploy(CALLED);
    const row = await desk.open(CALLING);
    const { commit, commitRecords } = store;
    let lost = 0;
    // every second write lands, but nobody hears of it
    store.commit = async (write) => {
      const result = await commit.call(store, write);
      if (lost++ % 2 === 0) throw new Error('the answer is lost');
      return result;
    };
    store.commitRecords = async (write) => {
      const result = await commitRecords.call(store, write);
      if (lost++ % 2 === 0) throw new Error('the answer is lost');
      return result;
    };
    const calm = async (hours: number) => {
      for (let hour = 0; hour < hours; hour++) await desk.pass(HOUR);
    };
    await calm(3);
    const children = await desk.store.listCases({ parent: row.id, limit: 10 });
    expect(children).toHaveLength(2);
    store.commit = commit;
    for (const child of children) await desk.complete(child.id, 'check');
    await calm(3);
    const done = (await desk.events(row.id)).filter((event) => event === 'message.awaited wait');
    expect(done).toHaveLength(1);
    expect(await desk.incidents(row.id)).toEqual([]);
  });
});
