import { expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const ASKS = `<startEvent id="s"/>
  <sendTask id="ask" name="征求意见"/>
  <intermediateCatchEvent id="answer"><messageEventDefinition/></intermediateCatchEvent>
  <userTask id="close"/><endEvent id="e"/>${chain('s', 'ask', 'answer', 'close', 'e')}`;
const ANSWERS = `<process id="answers" name="回复意见" isExecutable="true">
  <startEvent id="asked"><messageEventDefinition/></startEvent>
  <userTask id="opinion"/>
  <endEvent id="replied"><messageEventDefinition/></endEvent>${chain('asked', 'opinion', 'replied')}</process>`;
const POOLS = `<collaboration id="c">
  <participant id="p1" name="住建" processRef="asks"/><participant id="p2" name="税务" processRef="answers"/>
  <participant id="p3" name="申请人"/>
  <messageFlow id="question" sourceRef="ask" targetRef="asked"/>
  <messageFlow id="reply" sourceRef="replied" targetRef="answer"/>
  <messageFlow id="told" sourceRef="close" targetRef="p3"/></collaboration>`;
const TWO_POOLS = bpmn(ASKS, { id: 'asks', name: '征求意见', roots: POOLS + ANSWERS });

element('Collaboration', '9', () => {
  it('publishes every process of the file as a definition of its own', async () => {
    const desk = office();
    const upload = () => desk.engine.deploy({ bytes: Buffer.from(TWO_POOLS) }, { id: 'd', name: 'd', groups: [] });
    const deployment = await upload();
    expect(deployment.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(deployment.definition.id).toBe('asks:1');
    expect(deployment.others).toMatchObject([{ definition: { id: 'answers:1', name: '回复意见' }, created: true }]);
    expect(await upload()).toMatchObject({ created: false, others: [{ created: false }] });
    expect((await desk.store.listDefinitions()).map(({ id }) => id).sort()).toEqual(['answers:1', 'asks:1']);
    expect((await desk.engine.getGraph('answers:1')).key).toBe('answers');
  });

  it('carries messages along its message flows, though no element names one', async () => {
    const desk = office();
    const row = await desk.open(TWO_POOLS);
    await desk.pass(0);
    const [answering] = await desk.store.listCases({ definitionKey: 'answers', limit: 10 });
    expect(await desk.waiting(answering!.id)).toEqual(['opinion']);
    expect(await desk.waiting(row.id)).toEqual([]);
    await desk.complete(answering!.id, 'opinion', { advice: '同意' });
    await desk.pass(0);
    expect(await desk.waiting(row.id)).toEqual(['close']);
    expect((await desk.store.findCase(answering!.id))!.status).toBe('completed');
    expect((await desk.store.findCase(row.id))!.state.scopes['0']!.variables).toMatchObject({ advice: '同意' });
  });

  it('takes the message that one end or the flow names for both ends', async () => {
    const desk = office();
    const named = TWO_POOLS.replace('<sendTask id="ask"', '<sendTask id="ask" messageRef="m"')
      .replace('<messageFlow id="reply"', '<messageFlow id="reply" messageRef="n"')
      .replace('<collaboration', '<message id="m" name="consult"/><message id="n" name="advise"/><collaboration');
    await desk.deploy(named);
    const { nodes } = await desk.engine.getGraph('answers:1');
    expect(nodes.asked!.trigger).toEqual({ type: 'message', name: 'consult' });
    expect((await desk.engine.getGraph('asks:1')).nodes.answer!.trigger).toEqual({ type: 'message', name: 'advise' });
  });

  it('lets what is only drawn be: black-box pools, their message flows, processes that do not run', async () => {
    const desk = office();
    const drawn = TWO_POOLS.replace(
      'id="answers" name="回复意见" isExecutable="true"',
      'id="answers" isExecutable="false"',
    );
    const { ok, graphs } = await desk.engine.checkUpload(Buffer.from(drawn));
    expect([ok, graphs.map(({ key }) => key)]).toEqual([true, ['asks']]);
  });

  it('names what is wrong in the second process too, and once what is wrong with the file', async () => {
    const desk = office();
    const wrong = TWO_POOLS.replace('<userTask id="opinion"/>', '<serviceTask id="opinion"/>').replace(
      '<collaboration',
      '<collaboration camunda:odd="x"',
    );
    const { ok, findings, graphs } = await desk.engine.checkUpload(Buffer.from(wrong));
    expect([ok, graphs]).toEqual([false, []]);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ element }) => element)).toEqual(['opinion']);
    expect(new Set(findings.map(({ rule, element, en }) => `${rule} ${element} ${en}`)).size).toBe(findings.length);
  });
});

element('Lane', '10.8', () => {
  const lanes = (sets: string, attributes = '') =>
    bpmn(
      `${sets}<startEvent id="s"/><userTask id="a"/><userTask id="b" ov:department="own"/><userTask id="c"/><endEvent id="e"/>
       ${chain('s', 'a', 'b', 'c', 'e')}`,
      { processAttrs: attributes },
    );

  it('is the department of the user tasks in it that have none of their own; the innermost lane speaks', async () => {
    const desk = office();
    const row = await desk.open(
      lanes(`<laneSet id="ls"><lane id="l1" name="housing"><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef><flowNodeRef>c</flowNodeRef>
        <childLaneSet id="inner"><lane id="l2" name="窗口" ov:department="tax"><flowNodeRef>c</flowNodeRef></lane></childLaneSet></lane></laneSet>`),
    );
    expect((await desk.task(row.id, 'a')).groups).toEqual(['housing']);
    await desk.complete(row.id, 'a');
    expect((await desk.task(row.id, 'b')).groups).toEqual(['own']);
    await desk.complete(row.id, 'b');
    expect((await desk.task(row.id, 'c')).groups).toEqual(['tax']);
  });

  it('may be empty or nameless, and the department of the process is that of its cases', async () => {
    const desk = office();
    const row = await desk.open(
      lanes(
        '<laneSet id="none"/><laneSet id="ls"><lane id="l1"/><lane id="l2"><flowNodeRef>a</flowNodeRef></lane></laneSet>',
        'ov:department="tax"',
      ),
    );
    expect((await desk.task(row.id, 'a')).groups).toEqual([]);
    expect(row.department).toBe('tax');
  });
});
