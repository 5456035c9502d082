import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office, type Office } from '../../support/office.ts';

const CHILD = bpmn(`<startEvent id="s"/><userTask id="check"/><endEvent id="e"/>${chain('s', 'check', 'e')}`, {
  id: 'inspection',
  name: '现场核查',
});

const caller = (call: string, more = '') =>
  bpmn(
    `<startEvent id="s"/>${call}<userTask id="after"/><endEvent id="e"/>${chain('s', 'call', 'after', 'e')}${more}`,
    { id: 'permit', name: '开办许可', roots: '<error id="bad" errorCode="BAD"/><message id="m" name="stop"/>' },
  );
const CALL = '<callActivity id="call" name="核查" calledElement="inspection"/>';

const childrenOf = (desk: Office, parent: string) => desk.store.listCases({ parent, limit: 100 });
async function childOf(desk: Office, parent: string) {
  const children = await childrenOf(desk, parent);
  expect(children).toHaveLength(1);
  return children[0]!;
}
const statusOf = async (desk: Office, id: string) => (await desk.store.findCase(id))!.status;
const variablesOf = async (desk: Office, id: string) => (await desk.store.findCase(id))!.state.scopes['0']!.variables;

element('Call activity', '10.3.6', () => {
  it('runs the called process as a case of its own and goes on when that ends', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(caller(CALL), { street: '解放路' });
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    expect(child).toMatchObject({
      definitionKey: 'inspection',
      title: 'permit · 核查',
      applicant: row.applicant,
      parent: { caseId: row.id, node: 'call', work: 1, depth: 1 },
    });
    expect(child.number).toMatch(new RegExp(`^${row.number}-`));
    expect(await variablesOf(desk, child.id)).toEqual({ street: '解放路' });
    expect(await desk.waiting(row.id)).toEqual([]);

    await desk.complete(child.id, 'check', { passed: true });
    await desk.pass(0);
    expect(await statusOf(desk, child.id)).toBe('completed');
    expect(await desk.waiting(row.id)).toEqual(['after']);
    expect(await variablesOf(desk, row.id)).toEqual({ street: '解放路' });
  });

  it('passes and returns what camunda:in and camunda:out name, and takes its number from the business key', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(
      caller(`<callActivity id="call" calledElement="inspection"><extensionElements>
        <camunda:in businessKey="= &quot;K-&quot; + area"/>
        <camunda:in source="street" target="place"/>
        <camunda:in sourceExpression="= size * 2" target="twice"/>
        <camunda:out source="result" target="inspectionResult"/>
        <camunda:out sourceExpression="\${score}" target="points"/>
      </extensionElements></callActivity>`),
      { street: '解放路', size: 21, area: 'east', secret: 1 },
    );
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    expect(child.number).toBe('K-east');
    expect(await variablesOf(desk, child.id)).toEqual({ place: '解放路', twice: 42 });
    await desk.complete(child.id, 'check', { result: 'ok', score: 9, internal: true });
    await desk.pass(0);
    expect(await variablesOf(desk, row.id)).toEqual({
      street: '解放路',
      size: 21,
      area: 'east',
      secret: 1,
      inspectionResult: 'ok',
      points: 9,
    });
  });

  it('passes everything with variables="all", only its own with local="true", and shares the number of the caller', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const inOut =
      '<camunda:inputOutput><camunda:inputParameter name="own">1</camunda:inputParameter></camunda:inputOutput>';
    const all = await desk.open(
      caller(`<callActivity id="call" calledElement="inspection"><extensionElements>${inOut}
        <camunda:in businessKey="#{execution.processBusinessKey}"/><camunda:in variables="all"/><camunda:out variables="all"/>
      </extensionElements></callActivity>`),
      { a: 1 },
    );
    await desk.pass(0);
    const child = await childOf(desk, all.id);
    expect(child.number).toBe(all.number);
    expect(await variablesOf(desk, child.id)).toEqual({ a: 1, own: '1' });
    await desk.complete(child.id, 'check', { b: 2 });
    await desk.pass(0);
    expect(await variablesOf(desk, all.id)).toEqual({ a: 1, b: 2 });

    const local = await desk.open(
      caller(`<callActivity id="call" calledElement="inspection"><extensionElements>${inOut}
        <camunda:in variables="all" local="true"/></extensionElements></callActivity>`),
      { a: 1 },
    );
    await desk.pass(0);
    expect(await variablesOf(desk, (await childOf(desk, local.id)).id)).toEqual({ own: '1' });
  });

  it('reads zeebe:calledElement with its propagation and the mappings around it', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(
      caller(`<callActivity id="call"><extensionElements>
        <zeebe:calledElement processId="= &quot;inspec&quot; + &quot;tion&quot;" propagateAllParentVariables="false" propagateAllChildVariables="false"/>
        <zeebe:ioMapping><zeebe:input source="= street" target="place"/><zeebe:output source="= score + 1" target="points"/></zeebe:ioMapping>
      </extensionElements></callActivity>`),
      { street: '解放路' },
    );
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    expect(await variablesOf(desk, child.id)).toEqual({ place: '解放路' });
    await desk.complete(child.id, 'check', { score: 9 });
    await desk.pass(0);
    expect(await variablesOf(desk, row.id)).toEqual({ street: '解放路', points: 10 });
  });

  it('binds to the newest version, or to the one that is named', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    await desk.deploy(CHILD.replace('id="check"', 'id="check" name="second"'));
    const newest = await desk.open(caller(CALL));
    const first = await desk.open(
      caller('<callActivity id="call" calledElement="inspection" ov:binding="version" ov:version="1"/>'),
    );
    const camunda = await desk.open(
      caller(
        '<callActivity id="call" calledElement="inspection" camunda:calledElementBinding="version" camunda:calledElementVersion="= wanted"/>',
      ),
      { wanted: 2 },
    );
    await desk.pass(0);
    const version = async (id: string) => (await childOf(desk, id)).definitionVersion;
    expect([await version(newest.id), await version(first.id), await version(camunda.id)]).toEqual([2, 1, 2]);
  });

  it('opens an incident where the called process is missing, and calls again on retry', async () => {
    const desk = office();
    const row = await desk.open(caller(CALL));
    await desk.pass(0);
    expect(await desk.incidents(row.id)).toEqual(['definition.not_found call']);
    await desk.deploy(CHILD);
    const [incident] = await desk.store.listIncidents({ caseId: row.id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, { id: 'boss', name: 'boss', groups: [] });
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    expect(child.parent?.work).toBe(2);
    await desk.complete(child.id, 'check');
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['after']);
  });

  it('opens an incident where the called case is cancelled by hand, and calls another one on retry', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(caller(CALL));
    await desk.pass(0);
    const boss = { id: 'boss', name: 'boss', groups: [] };
    await desk.engine.cancelCase({ caseId: (await childOf(desk, row.id)).id, reason: 'mistake' }, boss);
    await desk.pass(0);
    expect(await desk.incidents(row.id)).toEqual(['call.cancelled call']);
    const [incident] = await desk.store.listIncidents({ caseId: row.id, limit: 1 });
    await desk.engine.retryIncident(incident!.id, boss);
    await desk.pass(0);
    const children = await childrenOf(desk, row.id);
    expect(children.map(({ status }) => status).sort()).toEqual(['active', 'cancelled']);
  });

  it('hands an error that nobody in the called case catches to the boundary event of the call', async () => {
    const desk = office();
    const body = `<startEvent id="s"/><parallelGateway id="split"/><userTask id="check"/><userTask id="beside"/>
      <endEvent id="fails"><errorEventDefinition errorRef="bad"/></endEvent><endEvent id="e"/>
      ${chain('s', 'split', 'check', 'fails')}${chain('split', 'beside', 'e')}`;
    await desk.deploy(bpmn(body, { id: 'inspection', roots: '<error id="bad" errorCode="BAD"/>' }));
    const boundary = `<boundaryEvent id="caught" attachedToRef="call"><errorEventDefinition errorRef="bad" ov:codeVariable="code"/></boundaryEvent>
      <userTask id="repair"/><endEvent id="e2"/>${chain('caught', 'repair', 'e2')}`;
    const row = await desk.open(caller(CALL, boundary));
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    await desk.complete(child.id, 'check');
    expect(await statusOf(desk, child.id)).toBe('terminated');
    expect(await desk.waiting(child.id)).toEqual([]);
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['repair']);
    expect(await variablesOf(desk, row.id)).toMatchObject({ code: 'BAD' });
  });

  it('waits with an incident where the caller catches the error no more than the called case', async () => {
    const desk = office();
    const body = `<startEvent id="s"/><endEvent id="fails"><errorEventDefinition errorRef="bad"/></endEvent>${flow('s', 'fails')}`;
    await desk.deploy(bpmn(body, { id: 'inspection', roots: '<error id="bad" errorCode="BAD"/>' }));
    const row = await desk.open(caller(CALL));
    await desk.pass(0);
    expect(await desk.incidents(row.id)).toEqual(['error.uncaught call']);
    expect(await statusOf(desk, row.id)).toBe('active');
  });

  it('carries an error through a case in the middle', async () => {
    const desk = office();
    const failing = `<startEvent id="s"/><endEvent id="fails"><errorEventDefinition errorRef="bad"/></endEvent>${flow('s', 'fails')}`;
    await desk.deploy(bpmn(failing, { id: 'deep', roots: '<error id="bad" errorCode="BAD"/>' }));
    const middle = `<startEvent id="s"/><callActivity id="c" calledElement="deep"/><endEvent id="e"/>${chain('s', 'c', 'e')}`;
    await desk.deploy(bpmn(middle, { id: 'inspection' }));
    const boundary = `<boundaryEvent id="caught" attachedToRef="call"><errorEventDefinition errorRef="bad"/></boundaryEvent>
      <userTask id="repair"/><endEvent id="e2"/>${chain('caught', 'repair', 'e2')}`;
    const row = await desk.open(caller(CALL, boundary));
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['repair']);
    expect(await statusOf(desk, (await childOf(desk, row.id)).id)).toBe('terminated');
  });

  it('hands escalations that nobody in the called case catches to its own boundary events, while that goes on or as it ends', async () => {
    const desk = office();
    const roots = '<escalation id="slow" escalationCode="SLOW"/><escalation id="odd" escalationCode="ODD"/>';
    const inspection = `<startEvent id="s"/><intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="slow"/></intermediateThrowEvent>
      <userTask id="check"/><endEvent id="e"><escalationEventDefinition escalationRef="odd"/></endEvent>${chain('s', 't', 'check', 'e')}`;
    await desk.deploy(bpmn(inspection, { id: 'inspection', roots }));
    const boundary = (id: string, code: string, interrupts: boolean) =>
      `<boundaryEvent id="${id}" attachedToRef="call" cancelActivity="${interrupts}"><escalationEventDefinition escalationRef="${code}"/></boundaryEvent>
       <userTask id="${id}Task"/><endEvent id="${id}End"/>${chain(id, `${id}Task`, `${id}End`)}`;
    const both = caller(CALL, boundary('urge', 'slow', false) + boundary('stop', 'odd', true)).replace(
      '<error',
      `${roots}<error`,
    );
    const row = await desk.open(both);
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['urgeTask']);
    const child = await childOf(desk, row.id);
    expect(await statusOf(desk, child.id)).toBe('active');
    await desk.complete(child.id, 'check');
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['stopTask', 'urgeTask']);
    expect(await desk.store.nextJobAt()).toBeUndefined();

    const beside = await desk.open(
      both.replace(
        'id="stop" attachedToRef="call" cancelActivity="true"',
        'id="stop" attachedToRef="call" cancelActivity="false"',
      ),
    );
    await desk.pass(0);
    await desk.complete((await childOf(desk, beside.id)).id, 'check');
    await desk.pass(0);
    expect(await desk.waiting(beside.id)).toEqual(['after', 'stopTask', 'urgeTask']);
  });

  it('cancels the called case with everything it called when its boundary event interrupts it', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const middle = `<startEvent id="s"/><callActivity id="c" calledElement="inspection"/><endEvent id="e"/>${chain('s', 'c', 'e')}`;
    await desk.deploy(bpmn(middle, { id: 'middle' }));
    const boundary = `<boundaryEvent id="late" attachedToRef="call"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
      <userTask id="chase"/><endEvent id="e2"/>${chain('late', 'chase', 'e2')}`;
    const row = await desk.open(caller('<callActivity id="call" calledElement="middle"/>', boundary));
    await desk.pass(0);
    const child = await childOf(desk, row.id);
    const grandchild = await childOf(desk, child.id);
    expect(grandchild.parent?.depth).toBe(2);
    await desk.pass(86_400_000);
    expect(await desk.waiting(row.id)).toEqual(['chase']);
    expect([await statusOf(desk, child.id), await statusOf(desk, grandchild.id)]).toEqual(['cancelled', 'cancelled']);
    expect(await desk.waiting(grandchild.id)).toEqual([]);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('cancels the called case when the calling case is cancelled or terminated', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const boss = { id: 'boss', name: 'boss', groups: [] };
    const cancelled = await desk.open(caller(CALL));
    const before = await desk.open(caller(CALL));
    await desk.engine.cancelCase({ caseId: before.id, reason: 'too soon' }, boss);
    await desk.pass(0);
    expect(await childrenOf(desk, before.id)).toEqual([]);
    const child = await childOf(desk, cancelled.id);
    await desk.engine.cancelCase({ caseId: cancelled.id, reason: 'withdrawn' }, boss);
    await desk.pass(0);
    expect(await statusOf(desk, child.id)).toBe('cancelled');

    const stops = bpmn(
      `<startEvent id="s"/><parallelGateway id="split"/>${CALL}<userTask id="stop"/><endEvent id="e"/>
       <endEvent id="all"><terminateEventDefinition/></endEvent>${chain('s', 'split', 'call', 'e')}${chain('split', 'stop', 'all')}`,
      { id: 'stops' },
    );
    const terminated = await desk.open(stops);
    await desk.pass(0);
    await desk.complete(terminated.id, 'stop');
    await desk.pass(0);
    expect(await statusOf(desk, (await childOf(desk, terminated.id)).id)).toBe('cancelled');
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('goes on when the called process ends by a terminate end event', async () => {
    const desk = office();
    const body = `<startEvent id="s"/><endEvent id="e"><terminateEventDefinition/></endEvent>${flow('s', 'e')}`;
    await desk.deploy(bpmn(body, { id: 'inspection' }));
    const row = await desk.open(caller(CALL));
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['after']);
  });

  it('opens one case for each instance of a multi-instance call, and ends the rest when enough are done', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(
      caller(`<callActivity id="call" calledElement="inspection"><extensionElements>
        <camunda:in source="floor" target="floor"/><camunda:out source="result" target="result"/></extensionElements>
        <multiInstanceLoopCharacteristics ov:collection="floors" ov:elementVariable="floor" ov:outputCollection="results" ov:outputElement="result">
        <completionCondition>nrOfCompletedInstances >= 2</completionCondition></multiInstanceLoopCharacteristics></callActivity>`),
      { floors: [1, 2, 3] },
    );
    await desk.pass(0);
    const children = await childrenOf(desk, row.id);
    expect(children).toHaveLength(3);
    const floors = new Map(children.map((child) => [child.state.scopes['0']!.variables.floor, child.id]));
    await desk.complete(floors.get(3)!, 'check', { result: 'c' });
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual([]);
    await desk.complete(floors.get(1)!, 'check', { result: 'a' });
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['after']);
    expect(await variablesOf(desk, row.id)).toMatchObject({ results: ['a', null, 'c'] });
    expect(await statusOf(desk, floors.get(2)!)).toBe('cancelled');
  });

  it('opens no second case and reports no second time when jobs are done twice', async () => {
    const desk = office();
    await desk.deploy(CHILD);
    const row = await desk.open(caller(CALL));
    const call = (
      await desk.store.claimDueJobs({ owner: 'dead', now: desk.clock.now(), leaseMs: 1000, limit: 10 })
    )[0]!;
    await desk.pass(1000);
    const child = await childOf(desk, row.id);
    await desk.store.commitRecords({ jobs: { put: [{ ...call, owner: null, leaseUntil: 0 }], remove: [] } });
    await desk.pass(0);
    expect(await childOf(desk, row.id)).toEqual(child);
    expect(await desk.store.findJob(call.id)).toBeUndefined();

    await desk.complete(child.id, 'check');
    const [back] = await desk.store.claimDueJobs({ owner: 'dead', now: desk.clock.now(), leaseMs: 1000, limit: 10 });
    await desk.pass(1000);
    await desk.store.commitRecords({ jobs: { put: [{ ...back!, owner: null, leaseUntil: 0 }], remove: [] } });
    await desk.pass(0);
    expect((await desk.events(row.id)).filter((event) => event === 'element.completed call')).toHaveLength(1);
    expect(await desk.store.nextJobAt()).toBeUndefined();
  });

  it('stops a process that calls itself without end', async () => {
    const desk = office();
    const body = `<startEvent id="s"/><callActivity id="again" calledElement="endless"/><endEvent id="e"/>${chain('s', 'again', 'e')}`;
    const row = await desk.open(bpmn(body, { id: 'endless' }));
    await desk.pass(0);
    const incidents = await desk.store.listIncidents({ definitionKey: 'endless', limit: 10 });
    expect(incidents.map(({ code }) => code)).toEqual(['call.too_deep']);
    await desk.engine.cancelCase({ caseId: row.id, reason: 'endless' }, { id: 'boss', name: 'boss', groups: [] });
    await desk.pass(0);
    expect(await desk.store.listCases({ status: 'active', limit: 10 })).toEqual([]);
  });
});
