import { describe, expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { office, type Office } from '../../support/office.ts';

const before = 'camunda:asyncBefore="true"';
const after = 'camunda:asyncAfter="true"';
const script = (id: string, feel: string, more = '', result = 'n') =>
  `<scriptTask id="${id}" scriptFormat="feel" camunda:resultVariable="${result}" ${more}><script>${feel}</script></scriptTask>`;

async function variablesOf(desk: Office, caseId: string) {
  return (await desk.engine.getCase(caseId)).state.scopes['0']!.variables;
}

async function continuations(desk: Office, caseId: string): Promise<string[]> {
  const { state } = await desk.engine.getCase(caseId);
  return Object.values(state.tokens)
    .filter((token) => token.wait === 'continue')
    .map((token) => `${token.resume} ${token.node}`);
}

describe('a save point (asyncBefore, asyncAfter)', () => {
  it('ends the step before the element begins; a job goes on', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/>${script('one', '1')}${script('two', 'n + 1', before)}<endEvent id="e"/>
        ${chain('s', 'one', 'two', 'e')}`),
    );
    expect(await continuations(desk, id)).toEqual(['before two']);
    expect(await variablesOf(desk, id)).toEqual({ n: 1 });
    await desk.engine.runDueJobs();
    expect(await desk.engine.getCase(id)).toMatchObject({ status: 'completed' });
    expect(await variablesOf(desk, id)).toEqual({ n: 2 });
  });

  it('keeps what a task did when what follows cannot go on', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><userTask id="review" camunda:assignee="li" ${after}/><exclusiveGateway id="x"/><endEvent id="e"/>
        ${chain('s', 'review', 'x')}${flow('x', 'e', 'amount > limit')}`),
    );
    await desk.complete(id, 'review', { amount: 10 });
    expect(await continuations(desk, id)).toEqual(['after review']);
    expect(await desk.waiting(id)).toEqual([]);
    expect(await variablesOf(desk, id)).toEqual({ amount: 10 });
    await desk.engine.runDueJobs();
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean x']);
    expect((await desk.events(id)).filter((event) => event === 'element.completed review')).toHaveLength(1);
  });

  it('stands before start events, gateways, sub-processes and events as well', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s" ${before}/><parallelGateway id="split" ${before} ${after}/>
        <subProcess id="sub" ${before} ${after}><startEvent id="s2" ${after}/><endEvent id="e2" ${before}/>${flow('s2', 'e2')}</subProcess>
        <manualTask id="m"/><parallelGateway id="join" ${before}/><endEvent id="e" ${before}/>
        ${chain('s', 'split', 'sub', 'join', 'e')}${chain('split', 'm', 'join')}`),
    );
    expect(await continuations(desk, id)).toEqual(['before s']);
    await desk.engine.runDueJobs();
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    expect((await desk.events(id)).filter((event) => event.startsWith('element.completed'))).toEqual(
      ['s', 'split', 'm', 's2', 'e2', 'sub', 'join', 'e'].map((node) => `element.completed ${node}`),
    );
  });

  it('before an inclusive join lets the join wait for it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><inclusiveGateway id="split"/><manualTask id="a" ${before}/><manualTask id="b"/>
        <inclusiveGateway id="join" ${before}/><userTask id="t" camunda:assignee="li"/>
        ${chain('s', 'split', 'a', 'join', 't')}${chain('split', 'b', 'join')}`),
    );
    expect(await continuations(desk, id)).toEqual(['before a']);
    await desk.engine.runDueJobs();
    expect(await desk.waiting(id)).toEqual(['t']);
    expect((await desk.events(id)).filter((event) => event === 'element.completed join')).toHaveLength(1);
  });

  it('of a multi-instance activity is one for the body, and one for each instance where its loop says so', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><scriptTask id="each" scriptFormat="feel" ov:result="x" ${before} ${after}>
        <multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item" ov:outputCollection="doubled" ov:outputElement="x" ${before} ${after}/>
        <script>item * 2</script></scriptTask><userTask id="t" camunda:assignee="li"/>${chain('s', 'each', 't')}`),
      { items: [1, 2, 3] },
    );
    expect(await continuations(desk, id)).toEqual(['before each']);
    await desk.engine.runDueJobs();
    expect(await desk.waiting(id)).toEqual(['t']);
    expect(await variablesOf(desk, id)).toMatchObject({ doubled: [2, 4, 6] });
  });

  it('of a standard loop is one for the loop, and one for each iteration where its loop says so', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><scriptTask id="each" scriptFormat="feel" ov:result="n"><standardLoopCharacteristics loopMaximum="2" ${before}/>
        <script>n + 1</script></scriptTask><userTask id="t" camunda:assignee="li"/>${chain('s', 'each', 't')}`),
      { n: 0 },
    );
    expect(await continuations(desk, id)).toEqual(['before each']);
    expect(await variablesOf(desk, id)).toEqual({ n: 0 });
    await desk.engine.runDueJobs();
    expect(await desk.waiting(id)).toEqual(['t']);
    expect(await variablesOf(desk, id)).toEqual({ n: 2 });
  });

  describe('of a complex gateway', () => {
    const join = (points: string, activation: string, behind: string) =>
      bpmn(
        `<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>
        <complexGateway id="x" ${points}><activationCondition>${activation}</activationCondition></complexGateway>` +
          `<userTask id="after"/><userTask id="all"/>${chain('s', 'f', 'a', 'x')}${chain('f', 'b', 'x')}${behind}`,
      );
    const phases = flow('x', 'after', 'waitingForStart') + flow('x', 'all', 'not(waitingForStart)');

    it.each([
      ['before', before],
      ['after', after],
    ])('ends the step %s it: once for its start, once for its reset', async (place, point) => {
      const desk = office();
      const { id } = await desk.open(join(point, 'activationCount &gt;= 1', phases));
      await desk.complete(id, 'a');
      expect(await continuations(desk, id)).toEqual([`${place} x`]);
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
      await desk.complete(id, 'b');
      expect(await continuations(desk, id)).toEqual([`${place} x`]);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['after', 'all']);
      expect((await desk.engine.getCase(id)).state.scopes['0']).not.toHaveProperty('fired');
    });

    it('keeps how many had arrived, and lets the reset wait for the start', async () => {
      const desk = office();
      const { id } = await desk.open(
        join(
          `${before} ${after}`,
          'activationCount &gt;= 1',
          flow('x', 'after', 'waitingForStart and activationCount = 1') +
            flow('x', 'all', 'not(waitingForStart) and activationCount = 1'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'b');
      expect(await continuations(desk, id)).toEqual(['before x']);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['after', 'all']);
      const events = await desk.events(id);
      expect(events.indexOf('element.entered after')).toBeLessThan(events.indexOf('element.entered all'));
    });

    it('stands before and after one with a single way in as well', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(`<startEvent id="s"/><complexGateway id="x" ${before} ${after}/><userTask id="a"/><userTask id="b"/>
          ${chain('s', 'x')}${flow('x', 'a', 'waitingForStart')}${flow('x', 'b', 'activationCount = 2')}`),
      );
      expect(await continuations(desk, id)).toEqual(['before x']);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['a']);
    });

    it('leaves an incident where it cannot choose; the retry knows how many had arrived', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>
          <complexGateway id="x" ${before}><activationCondition>activationCount = 2</activationCondition></complexGateway><userTask id="after"/>
          ${chain('s', 'f', 'a', 'x')}${chain('f', 'b', 'x')}${flow('f', 'c')}${flow('x', 'after', 'activationCount = needed')}`,
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'b');
      await desk.engine.runDueJobs();
      expect(await desk.incidents(id)).toEqual(['gateway.no_flow_taken x']);
      await desk.complete(id, 'c', { needed: 2 });
      const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
      await desk.engine.retryIncident(incident!.id, { id: 'admin', name: 'admin', groups: [] });
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.incidents(id)).toEqual([]);
    });
  });

  describe('of an event that interrupts or comes beside', () => {
    const received = (points: string, more = '', outputs = '') =>
      bpmn(
        `<startEvent id="s"/><userTask id="t"/><boundaryEvent id="news" attachedToRef="t" ${more} ${points}>${outputs}<messageEventDefinition messageRef="m"/></boundaryEvent>
        <userTask id="read"/>${chain('s', 't')}${chain('news', 'read')}`,
        { roots: '<message id="m" name="news"/>' },
      );
    const tell = (desk: Office, variables: Record<string, string> = { text: 'late' }) =>
      desk.engine.correlateMessage({ name: 'news', key: null, variables }, { id: 'li', name: 'li', groups: [] });

    it('keeps what the event brought; its activity is over at once', async () => {
      const desk = office();
      const { id } = await desk.open(received(before));
      await tell(desk);
      expect(await continuations(desk, id)).toEqual(['before news']);
      expect(await desk.waiting(id)).toEqual([]);
      expect(await variablesOf(desk, id)).toEqual({});
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['read']);
      expect(await variablesOf(desk, id)).toEqual({ text: 'late' });
    });

    it('of an event that does not interrupt is one for each time it happens', async () => {
      const desk = office();
      const { id } = await desk.open(received(`${before} ${after}`, 'cancelActivity="false"'));
      await tell(desk);
      await tell(desk);
      expect(await continuations(desk, id)).toEqual(['before news', 'before news']);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['read', 'read', 't']);
    });

    it('hands what the event brought to its output mappings', async () => {
      const desk = office();
      const { id } = await desk.open(
        received(before, '', '<extensionElements><ov:output target="n" source="number(text)"/></extensionElements>'),
      );
      await tell(desk, { text: '5' });
      await desk.engine.runDueJobs();
      expect(await variablesOf(desk, id)).toEqual({ n: 5 });
    });

    it('stands before an error event and the cancel event of a transaction', async () => {
      const desk = office();
      const { id } = await desk.open(
        bpmn(
          `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><endEvent id="fail"><errorEventDefinition errorRef="err"/></endEvent>${flow('s2', 'fail')}</subProcess>
          <boundaryEvent id="failed" attachedToRef="sub" ${before}><errorEventDefinition camunda:errorCodeVariable="code"/></boundaryEvent>
          <transaction id="tx"><startEvent id="s3"/><endEvent id="cancel"><cancelEventDefinition/></endEvent>${flow('s3', 'cancel')}</transaction>
          <boundaryEvent id="cancelled" attachedToRef="tx" ${before}><cancelEventDefinition/></boundaryEvent><userTask id="t"/>
          ${chain('s', 'sub')}${chain('failed', 'tx')}${chain('cancelled', 't')}`,
          { roots: '<error id="err" errorCode="E"/>' },
        ),
      );
      expect(await continuations(desk, id)).toEqual(['before failed']);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['t']);
      expect(await variablesOf(desk, id)).toEqual({ code: 'E' });
      expect((await desk.events(id)).filter((event) => event === 'element.completed cancelled')).toHaveLength(1);
    });

    it('after an event-based gateway, and before the event behind it, keeps what has happened', async () => {
      const waiting = (gateway: string, event: string) =>
        bpmn(
          `<startEvent id="s"/><eventBasedGateway id="g" ${gateway}/>
          <intermediateCatchEvent id="news" ${event}><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
          <intermediateCatchEvent id="late"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
          <userTask id="read"/><endEvent id="e"/>${chain('s', 'g', 'news', 'read')}${chain('g', 'late', 'e')}`,
          { roots: '<message id="m" name="news"/>' },
        );
      for (const [gateway, event] of [
        [after, ''],
        ['', before],
        [after, before],
      ] as const) {
        const desk = office();
        const { id } = await desk.open(waiting(gateway, event));
        await tell(desk);
        expect(await continuations(desk, id)).toEqual(['before news']);
        await desk.engine.runDueJobs();
        expect(await desk.waiting(id)).toEqual(['read']);
        expect(await variablesOf(desk, id)).toEqual({ text: 'late' });
      }
    });
  });

  describe('of an event sub-process', () => {
    const listening = (interrupts: boolean) =>
      bpmn(
        `<startEvent id="s"/><userTask id="t"/>${flow('s', 't')}
        <subProcess id="stop" triggeredByEvent="true" ${before}><startEvent id="s2" isInterrupting="${interrupts}"><messageEventDefinition messageRef="m"/></startEvent>
        <userTask id="read" camunda:assignee="=reader"/>${flow('s2', 'read')}</subProcess>`,
        { roots: '<message id="m" name="news"/>' },
      );
    const tell = (desk: Office, reader: string) =>
      desk.engine.correlateMessage(
        { name: 'news', key: null, variables: { reader } },
        { id: 'li', name: 'li', groups: [] },
      );

    it('interrupts its scope at once and begins with what the event brought', async () => {
      const desk = office();
      const { id } = await desk.open(listening(true));
      await tell(desk, 'zhao');
      expect(await continuations(desk, id)).toEqual(['before stop']);
      expect(await desk.waiting(id)).toEqual([]);
      await desk.engine.runDueJobs();
      expect(await desk.waiting(id)).toEqual(['read']);
      expect((await desk.task(id, 'read')).assignee).toBe('zhao');
    });

    it('that does not interrupt keeps for each what its own event brought', async () => {
      const desk = office();
      const { id } = await desk.open(listening(false));
      await tell(desk, 'zhao');
      await tell(desk, 'qian');
      expect(await continuations(desk, id)).toEqual(['before stop', 'before stop']);
      await desk.engine.runDueJobs();
      const tasks = await desk.store.listTasksOfCase(id);
      expect(
        tasks
          .filter((task) => task.node === 'read')
          .map((task) => task.assignee)
          .sort(),
      ).toEqual(['qian', 'zhao']);
      expect(await desk.waiting(id)).toEqual(['read', 'read', 't']);
    });
  });

  it('arms boundary events only when the activity begins', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><userTask id="t" camunda:assignee="li" ${before}/><boundaryEvent id="late" attachedToRef="t">
        <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="e"/><endEvent id="e2"/>
        ${chain('s', 't', 'e')}${flow('late', 'e2')}`),
    );
    expect(await desk.events(id)).not.toContain('timer.armed late');
    await desk.engine.runDueJobs();
    expect(await desk.events(id)).toContain('timer.armed late');
    await desk.pass(3_600_000);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('is taken back when the case is cancelled, or when its scope is interrupted', async () => {
    const desk = office();
    const { id } = await desk.open(bpmn(`<startEvent id="s"/><manualTask id="m" ${before}/>${flow('s', 'm')}`));
    await desk.engine.cancelCase({ caseId: id, reason: 'withdrawn' }, { id: 'li', name: 'li', groups: [] });
    expect(await desk.engine.runDueJobs()).toBe(0);
    expect((await desk.events(id)).filter((event) => event === 'element.completed m')).toEqual([]);

    const other = await desk.open(
      bpmn(
        `<startEvent id="s"/><parallelGateway id="g"/><manualTask id="m" ${before}/><endEvent id="end"><terminateEventDefinition/></endEvent>
        ${chain('s', 'g', 'm')}${flow('g', 'end')}`,
        { id: 'Q' },
      ),
    );
    expect((await desk.engine.getCase(other.id)).status).toBe('terminated');
    expect(await desk.engine.runDueJobs()).toBe(0);
  });

  it('resumes in another process that opens the same store', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/>${script('one', '1', after)}<userTask id="t" camunda:assignee="li"/>${chain('s', 'one', 't')}`,
      ),
    );
    const next = office({ store: desk.store });
    await next.engine.runDueJobs();
    expect(await next.waiting(id)).toEqual(['t']);
  });

  it('leaves an incident where the element cannot begin, and the retry begins it', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><userTask id="wait" camunda:assignee="li"/><exclusiveGateway id="x" ${before}/><userTask id="a" camunda:assignee="li"/><userTask id="b" camunda:assignee="li"/>
        ${chain('s', 'wait', 'x')}${flow('x', 'a', 'amount > 5')}${flow('x', 'b', 'amount <= 5')}`),
    );
    await desk.complete(id, 'wait');
    await desk.engine.runDueJobs();
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean x']);
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, { id: 'admin', name: 'admin', groups: [] });
    expect(await desk.incidents(id)).toEqual(['condition.not_boolean x']);
    expect(await continuations(desk, id)).toEqual([]);
  });
});

describe('work that fails', () => {
  const model = (cycle: string) =>
    bpmn(`<startEvent id="s"/><serviceTask id="call" camunda:type="external" camunda:topic="tax">
      <extensionElements><camunda:failedJobRetryTimeCycle>${cycle}</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>${flow('s', 'call')}`);
  const worker = { id: 'worker', name: 'worker', groups: [] };

  async function failuresUntilIncident(cycle: string, pauses: number[]): Promise<number> {
    const desk = office();
    const { id } = await desk.open(model(cycle));
    const fetch = () => desk.engine.fetchJobs({ worker: 'w', topics: ['tax'], max: 1, leaseMs: 1_000 });
    for (let failures = 0; failures < 10; failures++) {
      const pause = pauses[failures - 1];
      if (pause !== undefined) {
        desk.clock.advance(pause - 1);
        expect(await fetch()).toEqual([]);
        desk.clock.advance(1);
      }
      const [job] = await fetch();
      if (!job) return failures;
      await desk.engine.failJob({ jobId: job.id, fence: job.fence, message: 'down' }, worker);
      if ((await desk.incidents(id)).length > 0) return failures + 1;
    }
    return Infinity;
  }

  it('is tried as often and with the pauses that the model states', async () => {
    const minute = 60_000;
    expect(await failuresUntilIncident('R3/PT10M', [10 * minute, 10 * minute])).toBe(3);
    expect(await failuresUntilIncident('PT1M,PT5M,P1D', [minute, 5 * minute, 1_440 * minute])).toBe(4);
    expect(await failuresUntilIncident('R1/PT10M', [])).toBe(1);
  });
});

describe('a job type', () => {
  it('and its tries may depend on the case; headers reach the worker', async () => {
    const desk = office();
    await desk.open(
      bpmn(`<startEvent id="s"/><serviceTask id="call"><extensionElements>
        <zeebe:taskDefinition type="=&quot;tax-&quot; + region" retries="=tries"/>
        <zeebe:taskHeaders><zeebe:header key="method" value="POST"/><zeebe:header key="empty"/></zeebe:taskHeaders></extensionElements></serviceTask>${flow('s', 'call')}`),
      { region: 'east', tries: 5 },
    );
    const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['tax-east'], max: 1, leaseMs: 1_000 });
    expect(job).toMatchObject({ topic: 'tax-east', maxAttempts: 5, headers: { method: 'POST', empty: '' } });
  });

  it.each([
    ['a type that is none', { region: null, tries: 5 }, 'job.bad_topic call'],
    ['tries that are none', { region: 'east', tries: 'many' }, 'job.bad_retries call'],
  ])('opens an incident for %s', async (_, variables, incident) => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(`<startEvent id="s"/><serviceTask id="call"><extensionElements>
        <zeebe:taskDefinition type="=region" retries="=tries"/></extensionElements></serviceTask>${flow('s', 'call')}`),
      variables,
    );
    expect(await desk.incidents(id)).toEqual([incident]);
  });
});
