import { expect, it } from '@jest/globals';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { unavailableRejection } from '../../../engine/store/refusals.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { at, office, type Office } from '../../support/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const starting = (timer: string, name = 'review') =>
  bpmn(
    `<startEvent id="s"><timerEventDefinition>${timer}</timerEventDefinition></startEvent><userTask id="work" name="${name}"/><endEvent id="e"/>${chain('s', 'work', 'e')}`,
    { id: 'review', name: '定期复核', processAttrs: 'ov:department="housing"' },
  );
const cycle = (text: string) => `<timeCycle>${text}</timeCycle>`;
const cases = (desk: Office) => desk.store.listCases({ definitionKey: 'review', limit: 100 });

element('Timer start event', '10.5.2', () => {
  it('starts a case at a date, once', async () => {
    const desk = office({ now: '2026-03-02' });
    await desk.deploy(starting('<timeDate>2026-03-03T09:00:00+08:00</timeDate>'));
    await desk.pass(DAY - 1);
    expect(await cases(desk)).toEqual([]);
    await desk.pass(1);
    const [row] = await cases(desk);
    expect(row).toMatchObject({
      title: '定期复核',
      applicant: null,
      department: 'housing',
      startedAt: at('2026-03-03'),
    });
    expect(await desk.waiting(row!.id)).toEqual(['work']);
    await desk.pass(30 * DAY);
    expect(await cases(desk)).toHaveLength(1);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('starts a case some time after it was published', async () => {
    const desk = office();
    await desk.deploy(starting('<timeDuration>= "PT" + string(1 + 1) + "H"</timeDuration>'));
    await desk.pass(2 * HOUR);
    expect(await cases(desk)).toHaveLength(1);
  });

  it('starts cases in a cycle as often as it says, without drift', async () => {
    const desk = office();
    await desk.deploy(starting(cycle('R3/PT1H')));
    const began = desk.clock.now();
    await desk.pass(HOUR + 600_000);
    await desk.pass(50 * 60_000);
    expect((await cases(desk)).map(({ startedAt }) => startedAt - began).sort((a, b) => a - b)).toEqual([
      HOUR + 600_000,
      2 * HOUR,
    ]);
    await desk.pass(DAY);
    await desk.pass(DAY);
    expect(await cases(desk)).toHaveLength(3);
  });

  it('makes up for what was missed by one start, and stays in step', async () => {
    const desk = office();
    await desk.deploy(starting(cycle('R/PT1H')));
    await desk.pass(10 * HOUR + 1);
    expect(await cases(desk)).toHaveLength(1);
    await desk.pass(HOUR - 1);
    expect(await cases(desk)).toHaveLength(2);
  });

  it('keeps its hour where a start came late because the store was away', async () => {
    const store = memoryStore();
    const desk = office({ store, now: '2026-03-02' });
    await desk.deploy(starting(cycle('R/2026-03-02T10:00:00+08:00/P1D')));
    await desk.pass(HOUR);
    const { commit } = store;
    store.commit = () => Promise.reject(unavailableRejection('it is away'));
    await desk.pass(DAY);
    await desk.pass(300_000);
    store.commit = commit;
    await desk.pass(10_000);
    await desk.pass(DAY - 310_000);
    expect((await cases(desk)).map(({ startedAt }) => startedAt)).toEqual([
      at('2026-03-04T10:00:00+08:00'),
      at('2026-03-03T10:05:10+08:00'),
      at('2026-03-02T10:00:00+08:00'),
    ]);
    expect(await store.nextJobAt()).toBe(at('2026-03-05T10:00:00+08:00'));
  });

  it('belongs to the newest version only, which takes it over', async () => {
    const desk = office();
    await desk.deploy(starting(cycle('R/PT1H')));
    await desk.pass(HOUR / 2);
    await desk.deploy(starting(cycle('R/PT1H'), 'second'));
    await desk.pass(HOUR / 2);
    expect(await cases(desk)).toEqual([]);
    await desk.pass(HOUR / 2);
    expect((await cases(desk)).map(({ definitionVersion }) => definitionVersion)).toEqual([2]);
    const plain = `<startEvent id="s"/><endEvent id="e"/>${chain('s', 'e')}`;
    await desk.deploy(bpmn(plain, { id: 'review' }));
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('stays where the same file is published again', async () => {
    const desk = office();
    await desk.deploy(starting(cycle('R/PT1H')));
    await desk.pass(HOUR / 2);
    await desk.deploy(starting(cycle('R/PT1H')));
    await desk.pass(HOUR / 2);
    expect(await cases(desk)).toHaveLength(1);
  });

  it('does not start again what lay before it was published', async () => {
    const desk = office({ now: '2026-03-02' });
    await desk.deploy(starting('<timeDate>2026-03-01T09:00:00+08:00</timeDate>'));
    await desk.pass(DAY);
    expect(await cases(desk)).toEqual([]);
    await desk.deploy(starting(cycle('R4/2026-02-27T12:00:00+08:00/P2D')));
    await desk.pass(10 * DAY);
    await desk.pass(10 * DAY);
    expect((await cases(desk)).length).toBeGreaterThan(0);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('opens one case where the job is done twice', async () => {
    const desk = office();
    await desk.deploy(starting(cycle('R/PT1H')));
    desk.clock.advance(HOUR);
    const claim = { owner: 'dead', now: desk.clock.now(), leaseMs: 1000, limit: 1 };
    const [job] = await desk.store.claimDueJobs(claim);
    await desk.pass(1000);
    expect(await cases(desk)).toHaveLength(1);
    const stale = { jobs: { put: [], remove: [] }, fence: { jobId: job!.id, fence: job!.fence } };
    expect(await desk.store.commitRecords(stale)).toBe('conflict');
    await desk.store.commitRecords({ jobs: { put: [{ ...job!, owner: null, leaseUntil: 0 }], remove: [] } });
    await desk.pass(0);
    expect(await cases(desk)).toHaveLength(1);
    await desk.pass(HOUR - 1000); // and goes on
    expect(await cases(desk)).toHaveLength(2);
  });

  it('is refused where its expression gives no time', async () => {
    const desk = office();
    await expect(desk.deploy(starting('<timeDate>= "tomorrow"</timeDate>'))).rejects.toMatchObject({
      code: 'timer.bad_value',
    });
    expect(await desk.store.listDefinitions()).toEqual([]);
  });
});
