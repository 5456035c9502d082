import { expect, it } from '@jest/globals';
import { isStoreTrouble } from '../../../engine/kernel/rejection.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { unavailableRejection } from '../../../engine/store/refusals.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const MODEL = bpmn(
  '<startEvent id="s"/><scriptTask id="sum" scriptFormat="feel" camunda:asyncBefore="true" camunda:resultVariable="x"><script>1 + 1</script></scriptTask>' +
    '<userTask id="after"/><endEvent id="e"/>' +
    chain('s', 'sum', 'after', 'e'),
);

function failingStore() {
  const store = memoryStore();
  const failing = { commits: 0, reschedules: 0 };
  const away = () => Promise.reject(unavailableRejection('the server is away'));
  const { commit, rescheduleJob } = store;
  store.commit = (...args) => (failing.commits-- > 0 ? away() : commit.apply(store, args));
  store.rescheduleJob = (...args) => (failing.reschedules-- > 0 ? away() : rescheduleJob.apply(store, args));
  return { store, failing };
}

it('work that the store cannot keep is put off, and is no try of the work', async () => {
  const { store, failing } = failingStore();
  const desk = office({ store });
  const { id } = await desk.open(MODEL);
  failing.commits = 10;
  for (let n = 0; n < 10; n++) {
    expect(await desk.pass(3_000)).toBe(1);
    const [job] = await store.claimDueJobs({ owner: 'look', now: desk.clock.now() + 2_000, leaseMs: 0, limit: 1 });
    expect(job).toMatchObject({ attempts: 1, lastError: null });
    await store.rescheduleJob(job!.id, job!.fence, { dueAt: desk.clock.now(), attempts: 0 });
  }
  await desk.pass(3_000);
  expect(await desk.waiting(id)).toEqual(['after']);
  expect(await desk.incidents(id)).toEqual([]);
});

it('that is written down as soon as the store answers again', async () => {
  const { store, failing } = failingStore();
  const desk = office({ store });
  const { id } = await desk.open(MODEL);
  [failing.commits, failing.reschedules] = [1, 2];
  expect(await desk.pass(0)).toBe(1);
  expect(await desk.pass(1_999)).toBe(0);
  expect(await desk.pass(1)).toBe(1);
  expect(await desk.waiting(id)).toEqual(['after']);
});

it('work that the store kept without a word of it is not counted as work to be tried again', async () => {
  const { store } = failingStore();
  const outcomes: string[] = [];
  const desk = office({
    store,
    watch: { taken: () => undefined, ended: (kind, outcome) => outcomes.push(`${kind} ${outcome}`) },
  });
  const { id } = await desk.open(MODEL);
  const { commit } = store;
  store.commit = async (...args) => {
    await commit.apply(store, args);
    throw unavailableRejection('the answer is lost');
  };
  await desk.pass(0);
  await desk.pass(3_000);
  expect(await desk.waiting(id)).toEqual(['after']);
  expect(outcomes).toEqual(['continue overtaken']);
});

it('only a store that is away or closed is trouble of the store', () => {
  expect(isStoreTrouble(unavailableRejection('it is away'))).toBe(true);
  expect(isStoreTrouble(new Error('it is away'))).toBe(false);
});
