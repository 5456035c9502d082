import { describe, expect, it } from '@jest/globals';
import { adHocChoices } from '../../../engine/index.ts';
import type { Operation } from '../../../engine/core/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { testStore } from '../../support/test-store.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { rowFaults, stateFaults, witnessed } from '../../support/consistency.ts';
import { APPLICANT, LI, office } from '../../support/office.ts';

const ROOTS =
  '<message id="news" name="news"/><signal id="alarm" name="alarm"/><error id="bad" errorCode="BAD"/><escalation id="late" escalationCode="LATE"/>';
const model = (body: string, id = 'P') => bpmn(body, { id, roots: ROOTS });
const HOUR = 3_600_000;
const ERROR = '<errorEventDefinition errorRef="bad"/>';
const SIGNAL = '<signalEventDefinition signalRef="alarm"/>';
const MESSAGE = '<messageEventDefinition messageRef="news"/>';
const ESCALATION = '<escalationEventDefinition escalationRef="late"/>';
const TIMER = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>';
const when = (text: string) =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${text}</condition></conditionalEventDefinition>`;
const task = (id: string, more = '', attributes = '') => `<userTask id="${id}" ${attributes}>${more}</userTask>`;
const sub = (id: string, inside: string, type = 'subProcess', attributes = '') =>
  `<${type} id="${id}" ${attributes}>${inside}</${type}>`;
const handler = (id: string, definition: string, attributes = '', inside = task(`${id}-task`)) =>
  `<subProcess id="${id}" triggeredByEvent="true"><startEvent id="${id}-start" ${attributes}>${definition}</startEvent>${inside}${chain(`${id}-start`, `${id}-task`)}</subProcess>`;
const boundary = (id: string, to: string, definition: string, attributes = '') =>
  `<boundaryEvent id="${id}" attachedToRef="${to}" ${attributes}>${definition}</boundaryEvent>`;
const undoes = (id: string, by = task(`undo-${id}`, '', 'isForCompensation="true"')) =>
  by +
  `<boundaryEvent id="on-${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent>` +
  `<association id="link-${id}" associationDirection="One" sourceRef="on-${id}" targetRef="undo-${id}"/>`;
const multi = (n: number, more = '') =>
  `<multiInstanceLoopCharacteristics ${more}><loopCardinality>${n}</loopCardinality></multiInstanceLoopCharacteristics>`;
const COMPENSATE = '<compensateEventDefinition/>';
const BESIDE = 'isInterrupting="false"';
const CANCEL = '<cancelEventDefinition/>';
const KEEPS = 'cancelActivity="false"';
const script = (id: string, result: string, text: string) =>
  `<scriptTask id="${id}" scriptFormat="feel" ov:result="${result}"><script>${text}</script></scriptTask>`;

/** A transaction `tx` left by `cc` to the task `left`. */
const transaction = (inside: string) =>
  model(
    `<startEvent id="s"/>${sub('tx', inside, 'transaction')}${boundary('cc', 'tx', CANCEL)}${task('after')}${task('left')}` +
      chain('s', 'tx', 'after') +
      chain('cc', 'left'),
  );

/** An office that checks the books of every case after each thing that happens. */
function desk() {
  const { store, rows } = witnessed(testStore());
  const self = office({ store });
  const calendar = loadCalendar();
  const check = async () => {
    for (const { id } of await store.listCases({ limit: 100 })) {
      const row = (await store.findCase(id))!;
      const graph = await self.engine.getGraph(row.definitionId);
      expect([...stateFaults(graph, row.state), ...rowFaults(rows, row, graph, calendar)]).toEqual([]);
      expect(JSON.parse(JSON.stringify(row.state))).toEqual(row.state);
    }
  };
  const checked =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      const result = await act(...args);
      await check();
      return result;
    };
  return {
    ...self,
    open: checked(self.open),
    complete: checked(self.complete),
    pass: checked(self.pass),
    say: checked((name: string, variables: JsonObject = {}) =>
      self.engine.correlateMessage({ name, key: null, variables }, APPLICANT),
    ),
    signal: checked(async (name: string) => {
      await self.engine.broadcastSignal({ name, variables: {} }, APPLICANT);
      await self.pass(0);
    }),
    modify: checked((caseId: string, ...operations: Operation[]) =>
      self.engine.modifyCase({ caseId, operations, reason: 'repair' }, APPLICANT),
    ),
    retry: checked(async (caseId: string) => {
      const [incident] = await store.listIncidents({ caseId, limit: 1 });
      await self.engine.retryIncident(incident!.id, APPLICANT);
    }),
    choose: checked(async (caseId: string, ...activities: string[]) => {
      const row = await self.engine.getCase(caseId);
      const [open] = adHocChoices(row, await self.engine.getGraph(row.definitionId));
      await self.engine.activateAdHoc({ caseId, token: open!.token, activities }, LI);
    }),
    cancel: checked((caseId: string) => self.engine.cancelCase({ caseId, reason: 'withdrawn' }, APPLICANT)),
    /** Runs what is due until what cases report to each other has arrived. */
    settle: checked(async () => {
      while ((await self.pass(0)) > 0);
    }),
    children: (parent: string) => store.listCases({ parent, limit: 100 }),
  };
}

describe('Where elements meet', () => {
  it('a condition that could not be judged settles its own incident when it becomes true', async () => {
    const d = desk();
    const hard = 'some i in xs satisfies i + i + i + i + i + i + i = 7';
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><parallelGateway id="f"/><intermediateCatchEvent id="c">${when(hard)}</intermediateCatchEvent>${task('t')}${task('u')}${task('after')}` +
          chain('s', 'f', 'c', 'after') +
          chain('f', 't') +
          chain('f', 'u'),
      ),
      { xs: [2] },
    );
    await d.complete(id, 't', { xs: Array<number>(100_000).fill(2) });
    expect(await d.incidents(id)).toEqual(['expression.failed c']);
    await d.complete(id, 'u', { xs: [1] });
    expect(await d.incidents(id)).toEqual([]);
    expect(await d.waiting(id)).toEqual(['after']);
  });

  const undone = (throws: string, catches: string, attributes = '') =>
    model(
      `<startEvent id="s"/>${sub('sub', `<startEvent id="is"/>${task('a')}${chain('is', 'a')}` + handler('undo', COMPENSATE, '', `${task('undo-task')}<endEvent id="thrown">${throws}</endEvent>${flow('undo-task', 'thrown')}`))}` +
        `${boundary('caught', 'sub', catches, attributes)}<intermediateThrowEvent id="throw">${COMPENSATE}</intermediateThrowEvent>${task('after')}${task('repair')}` +
        chain('s', 'sub', 'throw', 'after') +
        chain('caught', 'repair'),
    );

  it('the boundary events of a sub-process that has ended catch no error of what undoes it', async () => {
    const d = desk();
    const { id } = await d.open(undone(ERROR, ERROR));
    await d.complete(id, 'a');
    await d.complete(id, 'undo-task');
    expect(await d.waiting(id)).toEqual([]);
    expect(await d.incidents(id)).toEqual(['error.uncaught thrown']);
  });

  it('nor do they catch an escalation of it', async () => {
    const d = desk();
    const { id } = await d.open(undone(ESCALATION, ESCALATION, KEEPS));
    await d.complete(id, 'a');
    await d.complete(id, 'undo-task');
    expect(await d.waiting(id)).toEqual(['after']);
  });

  it('an event sub-process that interrupts an ad-hoc sub-process ends the choice', async () => {
    const d = desk();
    const inside = `${task('a')}${task('b')}${handler('ev', MESSAGE)}`;
    const { id } = await d.open(
      model(
        `<startEvent id="s"/>${sub('ah', inside, 'adHocSubProcess', 'ordering="Sequential"')}${task('after')}${chain('s', 'ah', 'after')}`,
      ),
    );
    await d.choose(id, 'a', 'b');
    await d.say('news');
    expect(await d.waiting(id)).toEqual(['ev-task']);
    await d.complete(id, 'ev-task');
    expect(await d.waiting(id)).toEqual(['after']);
  });

  it('a choice that an event ended is open again when a person takes the event sub-process out', async () => {
    const d = desk();
    const inside = `${task('a')}${task('b')}${handler('ev', MESSAGE)}`;
    const { id } = await d.open(
      model(`<startEvent id="s"/>${sub('ah', inside, 'adHocSubProcess')}${task('after')}${chain('s', 'ah', 'after')}`),
    );
    await d.choose(id, 'a');
    await d.say('news');
    await d.modify(id, { do: 'cancel', at: { element: 'ev' } });
    await d.choose(id, 'b');
    expect(await d.waiting(id)).toEqual(['b']);
    await d.say('news');
    expect(await d.waiting(id)).toEqual(['ev-task']);
  });

  it('a transaction whose cancel end is taken out by a person is left, and nothing in it listens', async () => {
    const d = desk();
    const inside = `<startEvent id="is"/>${task('a')}${undoes('a')}<endEvent id="no">${CANCEL}</endEvent>${chain('is', 'a', 'no')}${handler('ev', MESSAGE, BESIDE)}`;
    const { id } = await d.open(transaction(inside));
    await d.complete(id, 'a');
    expect(await d.waiting(id)).toEqual(['undo-a']);
    await d.modify(id, { do: 'cancel', at: { element: 'no' } });
    expect(await d.waiting(id)).toEqual(['left']);
  });

  it('a signal thrown in the step that began to wait for it is awaited no more', async () => {
    const d = desk();
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><parallelGateway id="f"/><intermediateCatchEvent id="c" parallelMultiple="true">${SIGNAL}${MESSAGE}</intermediateCatchEvent>${script('x', 'y', '1')}<intermediateThrowEvent id="th">${SIGNAL}</intermediateThrowEvent>${task('after')}` +
          chain('s', 'f', 'c', 'after') +
          chain('f', 'x', 'th'),
      ),
    );
    expect(await d.waiting(id)).toEqual([]);
    await d.say('news');
    expect(await d.waiting(id)).toEqual(['after']);
  });

  it('an end event whose error nobody catches throws its signal neither at first nor when it is tried again', async () => {
    const d = desk();
    const { id } = await d.open(
      model(
        `<startEvent id="s"/>${task('t')}<endEvent id="e">${SIGNAL}${ERROR}</endEvent>${chain('s', 't', 'e')}${handler('ev', SIGNAL, BESIDE)}`,
      ),
    );
    await d.complete(id, 't');
    await d.retry(id);
    expect(await d.waiting(id)).toEqual([]);
    expect(await d.incidents(id)).toEqual(['error.uncaught e']);
  });

  it('an end event whose signal interrupts its own scope throws nothing after it', async () => {
    const d = desk();
    const inside = `<startEvent id="is"/>${task('t')}<endEvent id="e">${SIGNAL}${ERROR}</endEvent>${chain('is', 't', 'e')}${handler('ev', SIGNAL)}`;
    const { id } = await d.open(
      model(
        `<startEvent id="s"/>${sub('sub', inside)}${boundary('b', 'sub', ERROR)}${task('repair')}${chain('b', 'repair')}${chain('s', 'sub')}`,
      ),
    );
    await d.complete(id, 't');
    expect(await d.waiting(id)).toEqual(['ev-task']);
  });

  it('nor does it terminate the event sub-process that took over', async () => {
    const d = desk();
    const { id } = await d.open(
      model(
        `<startEvent id="s"/>${task('t')}<endEvent id="e">${SIGNAL}<terminateEventDefinition/></endEvent>${chain('s', 't', 'e')}${handler('ev', SIGNAL)}`,
      ),
    );
    await d.complete(id, 't');
    expect(await d.waiting(id)).toEqual(['ev-task']);
  });

  it('a cancelled transaction undoes what each instance inside it did, one that an event interrupted as well', async () => {
    const d = desk();
    const many = sub(
      'many',
      multi(2) +
        `<startEvent id="ms"/>${task('a')}${undoes('a')}${task('b')}${chain('ms', 'a', 'b')}${handler('ev', MESSAGE)}`,
    );
    const { id } = await d.open(
      transaction(`<startEvent id="is"/>${many}<endEvent id="no">${CANCEL}</endEvent>${chain('is', 'many', 'no')}`),
    );
    await d.complete(id, 'a');
    await d.complete(id, 'a');
    await d.say('news');
    expect(await d.waiting(id)).toEqual(['b', 'ev-task']);
    await d.complete(id, 'ev-task');
    await d.complete(id, 'b');
    await d.complete(id, 'undo-a');
    expect(await d.waiting(id)).toEqual(['undo-a']);
    await d.complete(id, 'undo-a');
    expect(await d.waiting(id)).toEqual(['left']);
  });

  it('what called cases throw reaches the event sub-processes of the caller, and ends the other calls', async () => {
    const d = desk();
    await d.deploy(
      model(
        `<startEvent id="s"/><intermediateThrowEvent id="esc">${ESCALATION}</intermediateThrowEvent>${task('check')}<endEvent id="e">${ERROR}</endEvent>${chain('s', 'esc', 'check', 'e')}`,
        'child',
      ),
    );
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><callActivity id="call" calledElement="child">${multi(2)}</callActivity>${chain('s', 'call')}${handler('ev', ERROR)}${handler('le', ESCALATION, BESIDE)}`,
      ),
    );
    await d.settle();
    expect(await d.waiting(id)).toEqual(['le-task', 'le-task']);
    const children = await d.children(id);
    await d.complete(children[0]!.id, 'check');
    await d.settle();
    expect(await d.waiting(id)).toEqual(['ev-task']);
    expect((await d.children(id)).map(({ status }) => status).sort()).toEqual(['cancelled', 'terminated']);
  });

  it('an event sub-process ends save points, incidents and jobs that are pending', async () => {
    const d = desk();
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><parallelGateway id="f"/>${task('saved', '', 'camunda:asyncBefore="true"')}<serviceTask id="job" camunda:type="external" camunda:topic="t"/><exclusiveGateway id="x"/>${task('p')}${task('q')}` +
          chain('s', 'f', 'saved') +
          chain('f', 'job') +
          chain('f', 'x') +
          flow('x', 'p', 'nix = 1') +
          flow('x', 'q', 'nix = 2') +
          handler('ev', MESSAGE),
      ),
    );
    expect(await d.incidents(id)).toHaveLength(1);
    await d.say('news');
    await d.pass(0);
    expect(await d.incidents(id)).toEqual([]);
    expect(await d.waiting(id)).toEqual(['ev-task']);
  });

  it('a case is cancelled whatever it waits for', async () => {
    const d = desk();
    await d.deploy(model(`<startEvent id="s"/>${task('check')}${chain('s', 'check')}`, 'child'));
    const done = sub(
      'done',
      `<startEvent id="ds"/>${task('dd')}${chain('ds', 'dd')}${handler('undo-all', COMPENSATE)}`,
    );
    const parts = {
      t: task('t'),
      saved: task('saved', '', 'camunda:asyncBefore="true"'),
      job: '<serviceTask id="job" camunda:type="external" camunda:topic="t"/>',
      call: `<callActivity id="call" calledElement="child">${multi(2)}</callActivity>`,
      ah: sub('ah', task('ah-a'), 'adHocSubProcess'),
      c1: `<intermediateCatchEvent id="c1">${when('x = 1')}</intermediateCatchEvent>`,
      c2: `<intermediateCatchEvent id="c2" parallelMultiple="true">${SIGNAL}${MESSAGE}</intermediateCatchEvent>`,
      tx: sub(
        'tx',
        `<startEvent id="is"/>${done}<endEvent id="no">${CANCEL}</endEvent>${chain('is', 'done', 'no')}${handler('txe', SIGNAL, BESIDE)}`,
        'transaction',
      ),
      q: '<userTask id="q" startQuantity="2"/>',
    };
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><parallelGateway id="f"/>${Object.values(parts).join('')}${boundary('cc', 'tx', CANCEL)}${flow('s', 'f')}` +
          Object.keys(parts)
            .map((part) => flow('f', part))
            .join('') +
          handler('ev', TIMER, BESIDE),
      ),
    );
    await d.complete(id, 'dd');
    await d.pass(0);
    await d.choose(id, 'ah-a', 'ah-a');
    await d.pass(HOUR);
    expect(await d.waiting(id)).toEqual(['ah-a', 'ah-a', 'ev-task', 'saved', 't', 'undo-all-task']);
    await d.cancel(id);
    await d.settle();
    expect(await d.waiting(id)).toEqual([]);
    expect((await d.children(id)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });

  it('an inclusive join waits for what boundary events and an event-based gateway may still send', async () => {
    const d = desk();
    const { id } = await d.open(
      model(
        `<startEvent id="s"/><inclusiveGateway id="f"/>${sub('sub', `<startEvent id="is"/>${task('a')}${chain('is', 'a')}`)}${boundary('n', 'sub', SIGNAL, KEEPS)}<eventBasedGateway id="g"/><intermediateCatchEvent id="m">${MESSAGE}</intermediateCatchEvent><intermediateCatchEvent id="tm">${TIMER}</intermediateCatchEvent>${task('b')}<inclusiveGateway id="j"/>${task('after')}${task('other')}` +
          chain('s', 'f', 'sub', 'other') +
          chain('n', 'j', 'after') +
          chain('f', 'g', 'm', 'j') +
          chain('g', 'tm', 'other') +
          chain('f', 'b', 'j'),
      ),
    );
    await d.complete(id, 'b');
    await d.pass(HOUR);
    expect(await d.waiting(id)).toEqual(['a', 'other']);
    await d.complete(id, 'a');
    expect(await d.waiting(id)).toEqual(['after', 'other', 'other']);
  });

  it('a loop is undone once for each iteration, also one that an event ended', async () => {
    const d = desk();
    const inside = `<standardLoopCharacteristics loopMaximum="2"/><startEvent id="is"/>${task('a')}${chain('is', 'a')}${handler('ev', MESSAGE)}`;
    const { id } = await d.open(
      model(
        `<startEvent id="s"/>${sub('l', inside)}${undoes('l')}${boundary('n', 'l', SIGNAL, KEEPS)}${task('an')}${task('after')}<intermediateThrowEvent id="th">${COMPENSATE}</intermediateThrowEvent>` +
          chain('s', 'l', 'th', 'after') +
          chain('n', 'an'),
      ),
    );
    await d.say('news');
    await d.signal('alarm');
    await d.complete(id, 'ev-task');
    await d.complete(id, 'a');
    await d.complete(id, 'undo-l');
    await d.complete(id, 'undo-l');
    expect(await d.waiting(id)).toEqual(['after', 'an']);
  });

  it('a cancelled transaction ends its running call, and undoes a finished one by another call', async () => {
    const d = desk();
    await d.deploy(
      model(
        `<startEvent id="s"/>${task('check')}<endEvent id="te"><terminateEventDefinition/></endEvent>${chain('s', 'check', 'te')}`,
        'child',
      ),
    );
    const call = (id: string, attributes = '') => `<callActivity id="${id}" calledElement="child" ${attributes}/>`;
    const inside =
      `<startEvent id="is"/>${call('first')}${undoes('first', call('undo-first', 'isForCompensation="true"'))}${call('second')}${chain('is', 'first', 'second')}` +
      handler(
        'ev',
        MESSAGE,
        BESIDE,
        `${task('ev-task')}<endEvent id="no">${CANCEL}</endEvent>${flow('ev-task', 'no')}`,
      );
    const { id } = await d.open(transaction(inside));
    await d.settle();
    await d.complete((await d.children(id))[0]!.id, 'check');
    await d.settle();
    await d.say('news');
    await d.complete(id, 'ev-task');
    await d.settle();
    const children = await d.children(id);
    expect(children.map(({ parent, status }) => `${parent!.node} ${status}`).sort()).toEqual([
      'first terminated',
      'second cancelled',
      'undo-first active',
    ]);
    await d.complete(children.find(({ status }) => status === 'active')!.id, 'check');
    await d.settle();
    expect(await d.waiting(id)).toEqual(['left']);
  });
});
