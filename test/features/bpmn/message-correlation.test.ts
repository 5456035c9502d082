import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office, type Office } from '../../support/office.ts';

const HOUR = 3_600_000;
const LATER = bpmn(
  `<startEvent id="s"/><userTask id="before"/>
   <intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
   <userTask id="after"/><endEvent id="e"/>${chain('s', 'before', 'wait', 'after', 'e')}`,
  { id: 'later', roots: '<message id="m" name="paid" ov:correlationKey="=orderNo"/>' },
);
const STARTS = bpmn(
  `<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><userTask id="work"/><endEvent id="e"/>${chain('s', 'work', 'e')}`,
  { id: 'starts', roots: '<message id="m" name="born"/>' },
);

const publish = (desk: Office, key: string | null, more: object = {}) =>
  desk.engine.publishMessage({ name: 'paid', key, variables: { amount: 5 }, timeToLive: 'PT1H', ...more }, DESIGNER);

element('Message correlation', '8.4.2', () => {
  it('refuses a message nobody waits for, unless it has a time to live', async () => {
    const desk = office();
    const { timeToLive: _none, ...plain } = { name: 'paid', key: 'A1', variables: {}, timeToLive: '' };
    await expect(desk.engine.publishMessage(plain, DESIGNER)).rejects.toMatchObject({ code: 'message.nobody_waits' });
    expect(await publish(desk, 'A1')).toEqual({ caseId: null, started: false, kept: true, duplicate: false });
  });

  it('gives a kept message to the first case that begins to wait for its name and key, once', async () => {
    const desk = office();
    const other = await desk.open(LATER, { orderNo: 'B' });
    const first = await desk.start('later', { orderNo: 'A' });
    const second = await desk.start('later', { orderNo: 'A' });
    await publish(desk, 'A');
    for (const row of [other, first, second]) {
      await desk.complete(row.id, 'before');
      await desk.pass(0);
    }
    expect(await desk.waiting(other.id)).toEqual([]);
    expect(await desk.waiting(first.id)).toEqual(['after']);
    expect(await desk.waiting(second.id)).toEqual([]);
    expect(await desk.engine.taskVariables(await desk.task(first.id, 'after'))).toMatchObject({ amount: 5 });
    const received = (await desk.store.listEvents(first.id, 0, 100)).find(({ type }) => type === 'message.received');
    expect(received?.actor).toBe(DESIGNER.id);
  });

  it('keeps several messages in the order of their waiters, one for each', async () => {
    const desk = office();
    const rows = [await desk.open(LATER, { orderNo: 'A' }), await desk.start('later', { orderNo: 'A' })];
    for (const n of [1, 2, 3]) await publish(desk, 'A', { variables: { n } });
    for (const row of rows) {
      await desk.complete(row.id, 'before');
      await desk.pass(0);
      expect(await desk.waiting(row.id)).toEqual(['after']);
    }
  });

  it('hands a message out at once where somebody waits, though it could be kept', async () => {
    const desk = office();
    const row = await desk.open(LATER, { orderNo: 'A' });
    await desk.complete(row.id, 'before');
    expect(await publish(desk, 'A')).toEqual({ caseId: row.id, started: false, kept: false, duplicate: false });
    const next = await desk.start('later', { orderNo: 'A' });
    await desk.complete(next.id, 'before');
    await desk.pass(HOUR / 2);
    expect(await desk.waiting(next.id)).toEqual([]);
  });

  it('forgets a message when its time is over', async () => {
    const desk = office();
    const row = await desk.open(LATER, { orderNo: 'A' });
    await publish(desk, 'A', { id: 'm-1' });
    await desk.pass(HOUR);
    await desk.complete(row.id, 'before');
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual([]);
    expect(await desk.store.findMessage('m-1')).toBeUndefined();
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('knows a message by its id as long as it lives, taken or not', async () => {
    const desk = office();
    const row = await desk.open(LATER, { orderNo: 'A' });
    expect(await publish(desk, 'A', { id: 'm-1' })).toMatchObject({ kept: true, duplicate: false });
    expect(await publish(desk, 'A', { id: 'm-1' })).toMatchObject({ kept: true, duplicate: true });
    await desk.complete(row.id, 'before');
    await desk.pass(0);
    expect(await publish(desk, 'A', { id: 'm-1' })).toMatchObject({ caseId: row.id, kept: false, duplicate: true });
    await desk.pass(HOUR);
    expect(await publish(desk, 'A', { id: 'm-1' })).toMatchObject({ kept: true, duplicate: false });
    await desk.pass(HOUR); // the second is forgotten as the first was
    expect(await desk.store.findMessage('m-1')).toBeUndefined();
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('refuses an id without a time to live, and a time to live that is none', async () => {
    const desk = office();
    const message = { name: 'paid', key: null, variables: {} };
    await expect(desk.engine.publishMessage({ ...message, id: 'm' }, DESIGNER)).rejects.toMatchObject({
      code: 'message.id_without_time_to_live',
    });
    for (const timeToLive of ['', 'soon', 'PT0S', '-PT1H', 'P11Y']) {
      await expect(desk.engine.publishMessage({ ...message, timeToLive }, DESIGNER)).rejects.toMatchObject({
        code: 'message.bad_time_to_live',
      });
    }
  });

  it('starts one case by a message, however often that is published', async () => {
    const desk = office();
    await desk.deploy(STARTS);
    const born = { name: 'born', key: 'N-1', variables: {}, timeToLive: 'PT1H', id: 'm-1' };
    const first = await desk.engine.publishMessage(born, DESIGNER);
    expect(first).toMatchObject({ started: true, kept: false });
    const again = await Promise.all([1, 2, 3].map(() => desk.engine.publishMessage(born, DESIGNER)));
    expect(again.map(({ caseId, duplicate }) => [caseId, duplicate])).toEqual(Array(3).fill([first.caseId, true]));
    await desk.pass(HOUR / 2);
    expect(await desk.store.listCases({ definitionKey: 'starts', limit: 10 })).toHaveLength(1);
  });

  it('starts a case when a process that begins by it is published later', async () => {
    const desk = office();
    await desk.engine.publishMessage({ name: 'born', key: 'N-1', variables: {}, timeToLive: 'P1D' }, DESIGNER);
    await desk.pass(HOUR);
    await desk.deploy(STARTS);
    await desk.pass(0);
    expect((await desk.store.listCases({ definitionKey: 'starts', limit: 10 })).map(({ number }) => number)).toEqual([
      'N-1',
    ]);
    await desk.deploy(STARTS.replace('id="work"', 'id="work" name="second"'));
    await desk.pass(0);
    expect(await desk.store.listCases({ definitionKey: 'starts', limit: 10 })).toHaveLength(1);
  });

  it('is what a model may ask for the messages it sends', async () => {
    const desk = office();
    const sends = bpmn(
      `<startEvent id="s"/><sendTask id="send" messageRef="m"/><userTask id="after"/><endEvent id="e"/>${chain('s', 'send', 'after', 'e')}`,
      {
        id: 'sends',
        roots:
          '<message id="m" name="paid" ov:correlationKey="=orderNo" ov:timeToLive="= &quot;PT&quot; + string(1) + &quot;H&quot;"/>',
      },
    );
    const sender = await desk.open(sends, { orderNo: 'A' });
    await desk.pass(0);
    expect(await desk.waiting(sender.id)).toEqual(['after']);
    const row = await desk.open(LATER, { orderNo: 'A' });
    await desk.complete(row.id, 'before');
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['after']);

    const forever = await desk.open(sends.replace('string(1)', '&quot;x&quot;'), {
      orderNo: 'B',
    });
    for (let hour = 0; hour < 4; hour++) await desk.pass(HOUR);
    expect(await desk.incidents(forever.id)).toEqual(['job.failed send']);
  });

  it('finds who began to wait while another message was first at all the others', async () => {
    const desk = office();
    const first = await desk.open(LATER, { orderNo: 'A' });
    await desk.complete(first.id, 'before');
    const second = await desk.start('later', { orderNo: 'A' });
    const { store } = desk;
    const find = store.findSubscriptions.bind(store);
    store.findSubscriptions = async (...query) => {
      const found = await find(...query);
      store.findSubscriptions = find;
      await publish(desk, 'A');
      await desk.complete(second.id, 'before');
      return found;
    };
    expect(await publish(desk, 'A')).toMatchObject({ caseId: second.id });
  });

  it('takes a message up again where the publisher died before handing it out', async () => {
    const desk = office();
    const row = await desk.open(LATER, { orderNo: 'A' });
    await desk.complete(row.id, 'before');
    const { store } = desk;
    const find = store.findSubscriptions.bind(store);
    store.findSubscriptions = () => Promise.reject(new Error('died'));
    await expect(publish(desk, 'A', { id: 'm-1' })).rejects.toThrow('died');
    store.findSubscriptions = find;
    await desk.pass(10_000);
    expect(await desk.waiting(row.id)).toEqual(['after']);
  });
});
