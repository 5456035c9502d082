import { describe, expect, it } from '@jest/globals';
import { longestExtension } from '../../../processes/casework/index.ts';
import { branchesOf, isJoint } from '../../../engine/model/branches.ts';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { graphOf } from '../../support/graph-of.ts';

const task = (id: string, department: string, limit: string) =>
  `<userTask id="${id}" ov:department="${department}" ${limit}/>`;

const compiled = (body: string, processAttrs = 'ov:promise="20"') => graphOf(bpmn(body, { processAttrs }));

describe('the limit of a department', () => {
  it('adds up what follows, and takes the longer of what stands side by side', async () => {
    const graph = await compiled(
      `<startEvent id="s"/><parallelGateway id="f"/>${task('a', 'tax', 'ov:promise="2"')}${task('b', 'tax', 'ov:promise="3"')}${task('c', 'fire', 'ov:promise="4"')}<parallelGateway id="j"/>${task('d', 'tax', 'ov:promise="1"')}<endEvent id="e"/>` +
        chain('s', 'f', 'a', 'j', 'd', 'e') +
        chain('f', 'b', 'j') +
        chain('f', 'c', 'j'),
    );
    expect(branchesOf(graph)).toEqual([
      { department: 'tax', limit: { value: 4, unit: 'workingDays' } },
      { department: 'fire', limit: { value: 4, unit: 'workingDays' } },
    ]);
    expect([isJoint(graph), longestExtension(graph)]).toEqual([true, 15]);
  });

  it('counts work that is done again once, and what stands in sub-processes', async () => {
    const graph = await compiled(
      `<startEvent id="s"/><exclusiveGateway id="again"/><subProcess id="p"><startEvent id="ps"/>${task('a', 'tax', 'ov:promise="2"')}<endEvent id="pe"/>${chain('ps', 'a', 'pe')}</subProcess><exclusiveGateway id="x" default="x-e"/><endEvent id="e"/>` +
        chain('s', 'again', 'p', 'x', 'e') +
        flow('x', 'again', 'wrong = true'),
    );
    expect(branchesOf(graph)).toEqual([{ department: 'tax', limit: { value: 2, unit: 'workingDays' } }]);
    expect([isJoint(graph), longestExtension(graph)]).toEqual([false, 10]);
  });

  it('keeps the unit of its tasks where they have one, else takes that of the process', async () => {
    const hours = 'ov:promise="8" ov:unit="workingHours"';
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', hours)}${task('b', 'fire', hours)}${task('c', 'fire', 'ov:promise="1"')}${task('d', 'window', '')}<endEvent id="e"/>${chain('s', 'a', 'b', 'c', 'd', 'e')}`,
    );
    expect(branchesOf(graph)).toEqual([
      { department: 'tax', limit: { value: 8, unit: 'workingHours' } },
      { department: 'fire', limit: { value: 2, unit: 'workingDays' } },
      { department: 'window' },
    ]);
  });

  it('is of a joint case where the model says so', async () => {
    const body = `<startEvent id="s"/>${task('a', 'tax', '')}${task('b', 'fire', '')}<endEvent id="e"/>${chain('s', 'a', 'b', 'e')}`;
    expect(isJoint(await compiled(body, 'ov:joint="false"'))).toBe(false);
    expect(isJoint(await compiled(body))).toBe(true);
  });
});
