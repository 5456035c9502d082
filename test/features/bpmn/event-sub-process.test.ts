import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { APPLICANT, office } from '../../support/office.ts';

const ROOTS =
  '<message id="news" name="news"/><message id="stop" name="stop" ov:correlationKey="=number"/>' +
  '<error id="refused" errorCode="REFUSED"/><error id="broken" errorCode="BROKEN"/>';
const SENDER = APPLICANT;
const HOUR = 3_600_000;

/** An event sub-process `<id>` with a start event, one user task `<id>-task` and an end. */
const handler = (id: string, definition: string, attributes = '', inside = `<userTask id="${id}-task"/>`) =>
  `<subProcess id="${id}" triggeredByEvent="true"><startEvent id="${id}-start" ${attributes}>${definition}</startEvent>` +
  `${inside}<endEvent id="${id}-end"/>${chain(`${id}-start`, `${id}-task`, `${id}-end`)}</subProcess>`;
const message = (name: string) => `<messageEventDefinition messageRef="${name}"/>`;
const error = (name: string) => `<errorEventDefinition errorRef="${name}"/>`;
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
const beside = 'isInterrupting="false"';

const MAIN =
  '<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>' +
  chain('s', 'fork', 'a', 'e') +
  chain('fork', 'b', 'e');
const inProcess = (handlers: string, main = MAIN) => bpmn(main + handlers, { roots: ROOTS });
const inSubProcess = (handlers: string, more = '', loop = '') =>
  bpmn(
    `<startEvent id="s"/><subProcess id="sub">${loop}<startEvent id="is"/><userTask id="work"/><endEvent id="ie"/>${chain('is', 'work', 'ie')}${handlers}</subProcess>` +
      `<userTask id="after"/><endEvent id="e"/>${chain('s', 'sub', 'after', 'e')}${more}`,
    { roots: ROOTS },
  );

element('Event sub-process', '13.5.4', () => {
  describe('that interrupts', () => {
    it('ends all that goes on in the case when its message arrives from outside, and the case ends with it', async () => {
      const desk = office();
      const { id } = await desk.open(inProcess(handler('stopped', message('news'))));
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: { why: 'withdrawn' } }, SENDER);
      expect(await desk.waiting(id)).toEqual(['stopped-task']);
      expect(await desk.engine.taskVariables(await desk.task(id, 'stopped-task'))).toMatchObject({ why: 'withdrawn' });
      await desk.complete(id, 'stopped-task');
      expect((await desk.engine.getCase(id)).status).toBe('completed');
      const events = await desk.events(id);
      expect(events).toContain('element.cancelled a');
      expect(events).toContain('element.cancelled b');
    });

    it('happens once: the same message finds nobody afterwards', async () => {
      const desk = office();
      await desk.open(inProcess(handler('stopped', message('news'))));
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
      await expect(
        desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER),
      ).rejects.toMatchObject({ code: 'message.nobody_waits' });
    });

    it('silences the other event sub-processes of its scope', async () => {
      const desk = office();
      const { id } = await desk.open(
        inProcess(
          handler('stopped', message('news')) +
            handler('late', timer('timeDuration', 'PT1H')) +
            handler('failed', error('refused')),
        ),
      );
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
      expect(await desk.pass(2 * HOUR)).toBe(0);
      expect(await desk.waiting(id)).toEqual(['stopped-task']);
    });

    it('ends its sub-process alone, which then goes on normally', async () => {
      const desk = office();
      const { id } = await desk.open(inSubProcess(handler('late', timer('timeDuration', 'PT1H'))));
      await desk.pass(HOUR);
      expect(await desk.waiting(id)).toEqual(['late-task']);
      await desk.complete(id, 'late-task');
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('catches an error thrown inside at once: nothing that was still to do in the scope is done', async () => {
      const desk = office();
      const main =
        '<startEvent id="s"/><parallelGateway id="fork"/><endEvent id="fail"><errorEventDefinition errorRef="refused"/></endEvent>' +
        '<scriptTask id="touch" scriptFormat="feel" ov:result="touched"><script>true</script></scriptTask><userTask id="a"/><endEvent id="e"/>' +
        chain('s', 'fork', 'fail') +
        chain('fork', 'touch', 'a', 'e');
      const { id } = await desk.open(
        inProcess(handler('failed', '<errorEventDefinition errorRef="refused" ov:codeVariable="code"/>'), main),
      );
      expect(await desk.waiting(id)).toEqual(['failed-task']);
      expect(await desk.engine.taskVariables(await desk.task(id, 'failed-task'))).toMatchObject({ code: 'REFUSED' });
      expect(await desk.events(id)).not.toContain('element.completed touch');
    });

    it('takes the error that names its code before one that takes every error, and before the boundary event outside', async () => {
      const desk = office();
      const { id } = await desk.open(
        inSubProcess(
          handler('any', '<errorEventDefinition/>') +
            handler('named', error('refused')) +
            '<boundaryEvent id="tick" attachedToRef="work"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>' +
            `<endEvent id="fail">${error('refused')}</endEvent>${chain('tick', 'fail')}`,
          `<boundaryEvent id="outer" attachedToRef="sub">${error('refused')}</boundaryEvent><userTask id="outside"/>${chain('outer', 'outside', 'e')}`,
        ),
      );
      await desk.pass(HOUR);
      expect(await desk.waiting(id)).toEqual(['named-task']);
    });

    it('lets an error of its own out to the boundary event of its sub-process', async () => {
      const desk = office();
      const { id } = await desk.open(
        inSubProcess(
          '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent>' +
            `<endEvent id="he">${error('refused')}</endEvent>${chain('hs', 'he')}</subProcess>` +
            handler('same', error('refused')),
          `<boundaryEvent id="outer" attachedToRef="sub">${error('refused')}</boundaryEvent><userTask id="outside"/>${chain('outer', 'outside', 'e')}`,
        ),
      );
      await desk.pass(HOUR);
      expect(await desk.waiting(id)).toEqual(['outside']);
    });

    it('leaves an error that nobody catches as an incident', async () => {
      const desk = office();
      const main = `<startEvent id="s"/><endEvent id="fail">${error('broken')}</endEvent>${chain('s', 'fail')}`;
      const { id } = await desk.open(inProcess(handler('failed', error('refused')), main));
      expect(await desk.incidents(id)).toEqual(['error.uncaught fail']);
    });
  });

  describe('that runs beside', () => {
    it('begins each time its message arrives, each with its own data, while the rest goes on', async () => {
      const desk = office();
      const { id } = await desk.open(inProcess(handler('more', message('news'), beside)));
      for (const round of [1, 2, 3])
        await desk.engine.correlateMessage({ name: 'news', key: null, variables: { round } }, SENDER);
      expect(await desk.waiting(id)).toEqual(['a', 'b', 'more-task', 'more-task', 'more-task']);
      const tasks = (await desk.store.listTasksOfCase(id)).filter((task) => task.node === 'more-task');
      const rounds = await Promise.all(tasks.map(async (task) => (await desk.engine.taskVariables(task)).round));
      expect(rounds.sort()).toEqual([1, 2, 3]);
    });

    it('keeps its scope alive until its last run has ended', async () => {
      const desk = office();
      const { id } = await desk.open(inSubProcess(handler('more', message('news'), beside)));
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
      await desk.complete(id, 'work');
      expect(await desk.waiting(id)).toEqual(['more-task']);
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
      await desk.complete(id, 'more-task');
      expect(await desk.waiting(id)).toEqual(['more-task']);
      await desk.complete(id, 'more-task');
      expect(await desk.waiting(id)).toEqual(['after']);
    });

    it('does not keep its scope alive while it only listens, and no longer hears anything afterwards', async () => {
      const desk = office();
      const { id } = await desk.open(
        inSubProcess(handler('more', message('news'), beside) + handler('tick', timer('timeCycle', 'R/PT1H'), beside)),
      );
      await desk.complete(id, 'work');
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.pass(3 * HOUR)).toBe(0);
      await expect(
        desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER),
      ).rejects.toMatchObject({ code: 'message.nobody_waits' });
    });

    it('repeats with a timer cycle, as often as it says', async () => {
      const desk = office();
      const { id } = await desk.open(inProcess(handler('tick', timer('timeCycle', 'R2/PT1H'), beside)));
      await desk.pass(HOUR);
      expect(await desk.waiting(id)).toEqual(['a', 'b', 'tick-task']);
      await desk.pass(HOUR);
      await desk.pass(HOUR);
      expect(await desk.waiting(id)).toEqual(['a', 'b', 'tick-task', 'tick-task']);
    });

    it('may fail into an event sub-process of the same scope', async () => {
      const desk = office();
      const { id } = await desk.open(
        inProcess(
          `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" ${beside}>${message('news')}</startEvent><endEvent id="he">${error('refused')}</endEvent>${chain('hs', 'he')}</subProcess>` +
            handler('failed', error('refused')),
        ),
      );
      await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
      expect(await desk.waiting(id)).toEqual(['failed-task']);
    });
  });

  it('listens in each instance of a multi-instance sub-process on its own', async () => {
    const desk = office();
    const { id } = await desk.open(
      inSubProcess(
        handler('stopped', message('stop')),
        '',
        '<multiInstanceLoopCharacteristics ov:collection="=numbers" ov:elementVariable="number"/>',
      ),
      { numbers: ['n1', 'n2'] },
    );
    await desk.engine.correlateMessage({ name: 'stop', key: 'n2', variables: {} }, SENDER);
    expect(await desk.waiting(id)).toEqual(['stopped-task', 'work']);
    await desk.complete(id, 'stopped-task');
    expect(await desk.waiting(id)).toEqual(['work']);
    await desk.complete(id, 'work');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('may have event sub-processes of its own', async () => {
    const desk = office();
    const { id } = await desk.open(
      inProcess(
        handler(
          'outer',
          message('news'),
          '',
          `<userTask id="outer-task"/>${handler('inner', timer('timeDuration', 'PT1H'))}`,
        ),
      ),
    );
    expect(await desk.pass(HOUR)).toBe(0);
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual(['inner-task']);
    await desk.complete(id, 'inner-task');
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('leaves nothing behind when the case is cancelled or terminated', async () => {
    const desk = office();
    const listeners = handler('more', message('news'), beside) + handler('late', timer('timeDuration', 'PT1H'));
    const { id } = await desk.open(inProcess(listeners));
    await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER);
    await desk.engine.cancelCase({ caseId: id, reason: 'withdrawn' }, SENDER);
    const ended = await desk.open(
      inProcess(
        listeners,
        `<startEvent id="s"/><userTask id="a"/><endEvent id="e"><terminateEventDefinition/></endEvent>${chain('s', 'a', 'e')}`,
      ),
    );
    await desk.complete(ended.id, 'a');
    for (const caseId of [id, ended.id]) {
      const { state } = await desk.engine.getCase(caseId);
      expect(state.tokens).toEqual({});
      expect(Object.keys(state.scopes)).toEqual(['0']);
      expect(state.scopes['0']!.listeners).toBeUndefined();
    }
    expect(await desk.pass(2 * HOUR)).toBe(0);
    await expect(
      desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, SENDER),
    ).rejects.toMatchObject({ code: 'message.nobody_waits' });
  });

  it('opens an incident, and nothing else, when a timer cannot be armed', async () => {
    const desk = office();
    const { id } = await desk.open(inSubProcess(handler('late', timer('timeDuration', '=limit'))), { limit: 'soon' });
    expect(await desk.waiting(id)).toEqual([]);
    expect(await desk.incidents(id)).toEqual(['timer.bad_value sub']);
  });
});
