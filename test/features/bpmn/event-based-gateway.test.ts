import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';

const HOUR = 3_600_000;
const roots =
  '<message id="paid" name="缴费"/><message id="amended" name="补正"/><signal id="storm" name="台风"/><message id="keyed" name="材料" ov:correlationKey="=no"/><message id="keyed2" name="照片" ov:correlationKey="=no"/>';
const message = (ref: string) => `<messageEventDefinition messageRef="${ref}"/>`;
const timer = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>';
const caught = (id: string, definition: string) =>
  `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent><userTask id="${id}-task"/>` +
  chain(id, `${id}-task`, 'e');
const tell = (name: string, variables = {}, key: string | null = null) => ({ name, key, variables });

element('Event-based gateway', '13.4.4', () => {
  const model = bpmn(
    `<startEvent id="s"/><eventBasedGateway id="g"/>${caught('pay', message('paid'))}${caught('late', timer)}${caught('warn', '<signalEventDefinition signalRef="storm"/>')}<receiveTask id="amend" messageRef="amended"/><userTask id="amend-task"/><endEvent id="e"/>` +
      flow('s', 'g') +
      ['pay', 'late', 'warn', 'amend'].map((target) => flow('g', target)).join('') +
      chain('amend', 'amend-task', 'e'),
    { roots },
  );

  const keyed = bpmn(
    `<startEvent id="s"/><eventBasedGateway id="g"/>${caught('pay', message('keyed'))}${caught('late', timer)}<endEvent id="e"/>` +
      chain('s', 'g', 'pay') +
      flow('g', 'late'),
    { roots },
  );

  it('takes the way of the message that comes first, and awaits the other events no longer', async () => {
    const desk = office();
    const { id } = await desk.open(model);
    await desk.engine.correlateMessage(tell('缴费', { amount: 5 }), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['pay-task']);
    expect(await desk.engine.taskVariables(await desk.task(id, 'pay-task'))).toEqual({ amount: 5 });
    await expect(desk.engine.correlateMessage(tell('补正'), DESIGNER)).rejects.toMatchObject({
      code: 'message.nobody_waits',
    });
    expect(await desk.store.findSubscriptions('台风', null)).toEqual([]);
    expect(await desk.pass(2 * HOUR)).toBe(0);
  });

  it('takes the way of the timer when nothing else came in time', async () => {
    const desk = office();
    const { id } = await desk.open(model);
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['late-task']);
  });

  it('waits for receive tasks as well', async () => {
    const desk = office();
    const { id } = await desk.open(model);
    await desk.engine.correlateMessage(tell('补正'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['amend-task']);
    expect(await desk.events(id)).toEqual(expect.arrayContaining(['element.completed g', 'element.completed amend']));
  });

  it('takes one way only when two events come at the same moment', async () => {
    const desk = office();
    const { id } = await desk.open(model);
    const answers = await Promise.allSettled([
      desk.engine.correlateMessage(tell('缴费'), DESIGNER),
      desk.engine.correlateMessage(tell('补正'), DESIGNER),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await desk.waiting(id)).toHaveLength(1);
  });

  it('waits anew for each token that reaches it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="fork"/><task id="a"/><task id="b"/><eventBasedGateway id="g"/>${caught('pay', message('paid'))}${caught('late', timer)}<endEvent id="e"/>` +
          flow('s', 'fork') +
          chain('fork', 'a', 'g', 'pay') +
          chain('fork', 'b', 'g') +
          flow('g', 'late'),
        { roots },
      ),
    );
    await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect(await desk.waiting(id)).toEqual(['pay-task']);
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['late-task', 'pay-task']);
  });

  it('goes with its sub-process when that is interrupted', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/><eventBasedGateway id="g"/><intermediateCatchEvent id="pay">${message('paid')}</intermediateCatchEvent><intermediateCatchEvent id="amend">${message('amended')}</intermediateCatchEvent><endEvent id="ie"/>${chain('is', 'g', 'pay', 'ie')}${chain('g', 'amend', 'ie')}</subProcess><boundaryEvent id="late" attachedToRef="sub">${timer}</boundaryEvent><userTask id="remind"/><endEvent id="e"/>` +
          chain('s', 'sub', 'e') +
          chain('late', 'remind', 'e'),
        { roots },
      ),
    );
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['remind']);
    expect(await desk.store.findSubscriptions('缴费', null)).toEqual([]);
  });

  it('opens an incident where one of its events cannot be awaited, and waits for none', async () => {
    const desk = office();
    const { id } = await desk.open(keyed, { no: [1] });
    expect(await desk.incidents(id)).toEqual(['message.bad_key g']);
    expect(await desk.pass(2 * HOUR)).toBe(0);
  });

  it('has an incident at the event when what it brings cannot be kept', async () => {
    const desk = office();
    const { id } = await desk.open(keyed, { no: 'A1' });
    const pages = Array.from({ length: 200_001 }, (_, page) => page);
    await desk.engine.correlateMessage(tell('材料', { pages }, 'A1'), DESIGNER);
    expect(await desk.incidents(id)).toEqual(['variables.too_large pay']);
    expect(await desk.pass(2 * HOUR)).toBe(0);
  });
});

element('Event-based gateway that begins a case', '13.2', () => {
  it('begins a case at the message that comes first', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<eventBasedGateway id="g" instantiate="true"/>${caught('pay', message('paid'))}${caught('amend', message('amended'))}<endEvent id="e"/>` +
          chain('g', 'pay') +
          chain('g', 'amend'),
        { roots },
      ),
    );
    const first = await desk.engine.correlateMessage(tell('补正', { page: 2 }), DESIGNER);
    expect(first.started).toBe(true);
    expect(await desk.waiting(first.caseId)).toEqual(['amend-task']);
    const second = await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect(second).toMatchObject({ started: true });
    expect(second.caseId).not.toBe(first.caseId);
    expect(await desk.waiting(second.caseId)).toEqual(['pay-task']);
    await expect(desk.start('P')).rejects.toMatchObject({ code: 'case.no_start_event' });
  });

  it('in parallel waits in the same case for all the other messages', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>${caught('papers', message('keyed'))}${caught('photo', message('keyed2'))}<endEvent id="e"/>` +
          chain('g', 'papers') +
          chain('g', 'photo'),
        { roots },
      ),
    );
    const { caseId } = await desk.engine.correlateMessage(tell('照片', { no: 'A1' }), DESIGNER);
    expect(await desk.waiting(caseId)).toEqual(['photo-task']);
    await desk.complete(caseId, 'photo-task');
    expect((await desk.engine.getCase(caseId)).status).toBe('active');
    const other = await desk.engine.correlateMessage(tell('材料', {}, 'A1'), DESIGNER);
    expect(other).toEqual({ caseId, started: false });
    await desk.complete(caseId, 'papers-task');
    expect((await desk.engine.getCase(caseId)).status).toBe('completed');
  });
});

element('Receive task that begins a case', '13.2', () => {
  it('begins a case with the message it receives', async () => {
    const desk = office();
    await desk.deploy(
      bpmn(
        `<receiveTask id="r" messageRef="paid" instantiate="true"><extensionElements><ov:output target="total" source="= amount * 2"/></extensionElements></receiveTask><userTask id="after"/><endEvent id="e"/>` +
          chain('r', 'after', 'e'),
        { roots },
      ),
    );
    const { caseId, started } = await desk.engine.correlateMessage(tell('缴费', { amount: 4 }), DESIGNER);
    expect(started).toBe(true);
    expect(await desk.engine.taskVariables(await desk.task(caseId, 'after'))).toEqual({ amount: 4, total: 8 });
  });

  it('stands beside a none start event', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><receiveTask id="r" messageRef="paid" instantiate="true"/><userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'after', 'e') +
          flow('r', 'after'),
        { roots },
      ),
    );
    expect(await desk.waiting(id)).toEqual(['after']);
    const { caseId, started } = await desk.engine.correlateMessage(tell('缴费'), DESIGNER);
    expect([started, await desk.waiting(caseId)]).toEqual([true, ['after']]);
  });
});
