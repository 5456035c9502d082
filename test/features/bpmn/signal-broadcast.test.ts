import { expect, it, jest } from '@jest/globals';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { at, DESIGNER, office, type Office } from '../../support/office.ts';
import { patience } from '../../support/patience.ts';
import { aReceipt } from '../../support/stores.ts';

jest.setTimeout(patience(120_000));

const roots = '<signal id="storm" name="台风预警"/>';
const STORM = '<signalEventDefinition signalRef="storm"/>';
const WAITS = bpmn(
  `<startEvent id="s"/><intermediateCatchEvent id="wait">${STORM}</intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>${chain('s', 'wait', 'after', 'e')}`,
  { id: 'waits', roots },
);
const THROWS = bpmn(
  `<startEvent id="s"/><userTask id="warn"/><intermediateThrowEvent id="throw"><extensionElements><ov:input target="level" source="grade + 1"/></extensionElements>${STORM}</intermediateThrowEvent>
   <intermediateCatchEvent id="wait">${STORM}</intermediateCatchEvent><endEvent id="e"/>${chain('s', 'warn', 'throw', 'wait', 'e')}`,
  { id: 'throws', roots },
);
const STARTS = bpmn(
  `<startEvent id="s">${STORM}</startEvent><userTask id="react"/><endEvent id="e"/>${chain('s', 'react', 'e')}`,
  { id: 'starts', name: '应急处置', roots },
);

const send = (desk: Office, variables = {}) => desk.engine.broadcastSignal({ name: '台风预警', variables }, DESIGNER);
const count = async (desk: Office, definitionKey: string) =>
  (await desk.store.listCases({ definitionKey, limit: 1000 })).length;

element('Signal across cases', '10.5.4', () => {
  it('reaches every case that waits for it, with what it carries, and no case twice', async () => {
    const desk = office();
    await desk.deploy(WAITS);
    const rows = [await desk.start('waits'), await desk.start('waits')];
    const thrower = await desk.open(THROWS, { grade: 2 });
    await desk.complete(thrower.id, 'warn');
    await desk.pass(0);
    for (const row of rows) {
      expect(await desk.waiting(row.id)).toEqual(['after']);
      expect(await desk.engine.taskVariables(await desk.task(row.id, 'after'))).toEqual({ level: 3 });
    }
    // it waits for the next signal: its own does not come back to it
    expect((await desk.engine.getCase(thrower.id)).status).toBe('active');
    expect(await desk.store.nextJobAt()).toBeUndefined();
    await send(desk);
    await desk.pass(0);
    expect((await desk.engine.getCase(thrower.id)).status).toBe('completed');
  });

  it('may be sent from outside, with who sent it on record', async () => {
    const desk = office();
    const row = await desk.open(WAITS);
    const { id } = await send(desk, { level: 4 });
    expect(id).toMatch(/^signal\./);
    await desk.pass(0);
    const caught = (await desk.store.listEvents(row.id, 0, 100)).find(({ type }) => type === 'signal.caught');
    expect(caught?.actor).toBe(DESIGNER.id);
    expect(await desk.engine.taskVariables(await desk.task(row.id, 'after'))).toEqual({ level: 4 });
  });

  it('is lost where nobody waits, and does not wait for anybody', async () => {
    const desk = office();
    await send(desk);
    await desk.pass(0);
    const row = await desk.open(WAITS);
    await desk.pass(60_000);
    expect(await desk.waiting(row.id)).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('reaches hundreds of waiting cases page by page', async () => {
    const desk = office();
    await desk.deploy(WAITS);
    const rows = [];
    for (let i = 0; i < 450; i++) rows.push(await desk.start('waits'));
    await send(desk);
    await desk.pass(0);
    const waiting = await Promise.all(rows.map((row) => desk.waiting(row.id)));
    expect(waiting.filter(([node]) => node === 'after')).toHaveLength(450);
  });

  it('starts one case of the newest version of every process with a signal start event, also where a job is done twice', async () => {
    const desk = office();
    await desk.deploy(STARTS);
    await desk.deploy(STARTS.replace('id="react"', 'id="react" name="second"'));
    await send(desk, { level: 1 });
    const [first] = await desk.store.claimDueJobs({ owner: 'dead', now: desk.clock.now(), leaseMs: 1, limit: 10 });
    await desk.pass(1000);
    const [row] = await desk.store.listCases({ definitionKey: 'starts', limit: 10 });
    expect(row).toMatchObject({ definitionVersion: 2, title: '应急处置' });
    expect(row!.state.scopes['0']!.variables).toEqual({ level: 1 });
    expect(await desk.waiting(row!.id)).toEqual(['react']);
    await desk.store.commitRecords({ jobs: { put: [{ ...first!, owner: null, leaseUntil: 0 }], remove: [] } });
    await desk.pass(0);
    expect(await count(desk, 'starts')).toBe(1);
  });

  it('is not acknowledged where the store refuses it and its key has no answer', async () => {
    const store = memoryStore();
    const desk = office({ store });
    const receipt = (answer: { id: string }) => ({ ...aReceipt(), key: 'storm', answer, expiresAt: at('2027-03-02') });
    const sent = () =>
      desk.engine.broadcastSignal({ name: '台风预警', variables: {} }, DESIGNER, { receipt }).catch((e) => e.code);
    const { commitRecords } = store;
    store.commitRecords = async () => 'conflict';
    expect(await sent()).toBe('store.unavailable');
    expect(await store.nextJobAt()).toBeUndefined();
    // an answer that was kept long enough makes room
    store.commitRecords = commitRecords;
    await store.addReceipt({ ...aReceipt(), key: 'storm', expiresAt: at('2026-03-01') });
    expect(await sent()).toMatchObject({ id: expect.stringMatching(/^signal/) });
    expect(await store.nextJobAt()).toBe(desk.clock.now());
    expect(await sent()).toBe('receipt.kept');
  });

  it('does not reach a case that ended or was cancelled meanwhile', async () => {
    const desk = office();
    const row = await desk.open(WAITS);
    await send(desk);
    await desk.engine.cancelCase({ caseId: row.id, reason: 'over' }, DESIGNER);
    await desk.pass(0);
    expect(await desk.events(row.id)).not.toContain('signal.caught wait');
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });
});
