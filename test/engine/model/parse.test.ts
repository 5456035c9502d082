import { describe, expect, it } from '@jest/globals';
import { parseBpmn } from '../../../engine/model/parse.ts';
import type { ParsedNode } from '../../../engine/model/parsed-model.ts';
import { bpmn, chain } from '../../support/bpmn.ts';

async function nodesOf(body: string, roots = ''): Promise<Record<string, ParsedNode>> {
  const { process } = await parseBpmn(bpmn(body, { roots }));
  return Object.fromEntries(process!.nodes.map((node) => [node.id, node]));
}

describe('a BPMN document is read', () => {
  it('with Chinese ids, names and rare characters as they are', async () => {
    const { problems, process } = await parseBpmn(
      bpmn(
        `<startEvent id="开始"/><userTask id="审核" name="审核"/><userTask id="&#134071;" name="&#134071;野家"/><endEvent id="结束"/>
        ${chain('开始', '审核', '𠮷', '结束')}`,
        { id: '流程', name: '一件事' },
      ),
    );
    expect(problems).toEqual([]);
    expect(process).toMatchObject({ id: '流程', name: '一件事' });
    expect(process!.nodes.map(({ id, name }) => [id, name])).toEqual([
      ['开始', ''],
      ['审核', '审核'],
      ['𠮷', '𠮷野家'],
      ['结束', ''],
    ]);
    expect(process!.flows.map(({ source, target }) => `${source} ${target}`)).toEqual([
      '开始 审核',
      '审核 𠮷',
      '𠮷 结束',
    ]);
  });

  it('with text that looks like an alias, an id or a prototype', async () => {
    const nodes = await nodesOf(
      `<userTask id="审核" name="_ovid_0"/><userTask id="toString" name="constructor"/><userTask id="b" name="= 审核"/>`,
    );
    expect(nodes['审核']!.name).toBe('_ovid_0');
    expect(nodes['toString']!.name).toBe('constructor');
    expect(nodes['b']!.name).toBe('= 审核');
  });

  it('with HTML in names as text', async () => {
    const nodes = await nodesOf('<userTask id="a" name="&lt;img src=x onerror=alert(1)&gt;"/>');
    expect(nodes['a']!.name).toBe('<img src=x onerror=alert(1)>');
  });

  it('whatever prefixes the file chose', async () => {
    const { process, problems } = await parseBpmn(
      `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c7="http://camunda.org/schema/1.0/bpmn" xmlns:one="https://onevisit.dev/schema/1.0">
        <b:process id="P"><b:userTask id="a" c7:assignee="li" one:promise="3"/></b:process></b:definitions>`,
    );
    expect(problems).toEqual([]);
    expect(process!.nodes[0]).toMatchObject({ assignment: { assignee: { literal: 'li' } }, limit: { value: '3' } });
  });

  it('with departments from the innermost lane, unless the task says otherwise', async () => {
    const nodes = await nodesOf(`
      <laneSet id="L"><lane id="l1" name="市政府"><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef><flowNodeRef>c</flowNodeRef><flowNodeRef>sub</flowNodeRef>
        <childLaneSet id="LL"><lane id="l2" name="税务局" ov:department="tax"><flowNodeRef>b</flowNodeRef></lane></childLaneSet></lane></laneSet>
      <userTask id="a"/><userTask id="b"/><userTask id="c" ov:department="housing, water"/><userTask id="d" camunda:assignee="li"/>
      <subProcess id="sub"><userTask id="inner"/></subProcess>`);
    const groups = (id: string) => nodes[id]!.assignment!.candidateGroups;
    expect(groups('a')).toEqual(['市政府']);
    expect(groups('b')).toEqual(['tax']);
    expect(groups('c')).toEqual(['housing', 'water']);
    expect(groups('d')).toEqual([]);
    expect(groups('inner')).toEqual(['市政府']);
  });

  it('with the Camunda 7 attributes that files have already', async () => {
    const nodes = await nodesOf(
      `<userTask id="u" camunda:assignee="\${initiator}" camunda:candidateGroups="tax,housing" camunda:candidateUsers="li" camunda:formKey="f"/>
      <serviceTask id="s" camunda:type="external" camunda:topic="check"><extensionElements><camunda:inputOutput>
        <camunda:inputParameter name="a">fixed</camunda:inputParameter><camunda:outputParameter name="b">\${answer.code}</camunda:outputParameter>
      </camunda:inputOutput></extensionElements></serviceTask>
      <userTask id="m"><multiInstanceLoopCharacteristics isSequential="true" camunda:collection="\${owners}" camunda:elementVariable="owner">
        <completionCondition>\${nrOfCompletedInstances &gt;= 2}</completionCondition></multiInstanceLoopCharacteristics></userTask>`,
    );
    expect(nodes['u']).toMatchObject({
      assignment: { assignee: { feel: 'initiator' }, candidateGroups: ['tax', 'housing'], candidateUsers: ['li'] },
      form: 'f',
    });
    expect(nodes['s']).toMatchObject({
      work: { topic: { literal: 'check' } },
      inputs: [{ target: 'a', source: { literal: 'fixed' } }],
      outputs: [{ target: 'b', source: { feel: 'answer.code' } }],
    });
    expect(nodes['m']!.loop).toEqual({
      type: 'multiInstance',
      sequential: true,
      collection: { feel: 'owners' },
      elementVariable: 'owner',
      completion: { feel: 'nrOfCompletedInstances >= 2' },
    });
  });

  it('with the Camunda 8 extension that files have already', async () => {
    const nodes = await nodesOf(
      `<userTask id="u"><extensionElements><zeebe:assignmentDefinition assignee="= applicant" candidateGroups="=[&quot;tax&quot;, &quot;housing&quot;]"/>
        <zeebe:formDefinition formId="f"/></extensionElements></userTask>
      <serviceTask id="s"><extensionElements><zeebe:taskDefinition type="check" retries="5"/><zeebe:ioMapping>
        <zeebe:input source="=a + 1" target="b"/><zeebe:output source="=c" target="d"/></zeebe:ioMapping></extensionElements></serviceTask>
      <receiveTask id="r" messageRef="m"/>
      <userTask id="m1"><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=owners" inputElement="owner"
        outputCollection="answers" outputElement="=answer"/></extensionElements></multiInstanceLoopCharacteristics></userTask>
      <scriptTask id="x"><extensionElements><zeebe:script expression="=a + b" resultVariable="c"/></extensionElements></scriptTask>`,
      '<message id="m" name="缴费"><extensionElements><zeebe:subscription correlationKey="=caseNumber"/></extensionElements></message>',
    );
    expect(nodes['u']).toMatchObject({
      assignment: { assignee: { feel: 'applicant' }, candidateGroups: ['tax', 'housing'] },
      form: 'f',
    });
    expect(nodes['s']).toMatchObject({
      work: { topic: { literal: 'check' }, retries: { literal: '5' } },
      inputs: [{ target: 'b', source: { feel: 'a + 1' } }],
      outputs: [{ target: 'd', source: { feel: 'c' } }],
    });
    expect(nodes['r']!.message).toEqual({ name: '缴费', key: { feel: 'caseNumber' } });
    expect(nodes['m1']!.loop).toMatchObject({ elementVariable: 'owner', outputElement: { feel: 'answer' } });
    expect(nodes['x']!.script).toEqual({ expression: { feel: 'a + b' }, result: 'c' });
  });

  it.each([
    ['another root', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'],
    ['BPMN without its namespace', '<definitions><process id="P"/></definitions>'],
  ])('%s is refused as no BPMN', async (_, xml) => {
    await expect(parseBpmn(xml)).rejects.toMatchObject({ code: 'upload.not_bpmn' });
  });

  it('names the line of the upload for what it had to drop', async () => {
    const { problems } = await parseBpmn(
      bpmn('<!-- a\nb --><userTask id="a"/>\n<userTask id="a"/>\n<approve id="x"/>'),
    );
    expect(problems).toEqual([
      { type: 'duplicate-id', element: 'a', line: 7 },
      { type: 'unknown-element', prefix: 'bpmn', tag: 'approve', element: 'x', line: 8 },
    ]);
  });
});
