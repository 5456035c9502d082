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
