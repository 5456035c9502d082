import { describe, expect, it } from '@jest/globals';
import { isHandledJointly, longestExtension } from '../../../processes/casework/index.ts';
import { loadDirectory } from '../../../processes/directory/index.ts';
import { stepsInWords } from '../../../processes/due-dates/index.ts';
import { branchesOf, branchWith } from '../../../engine/model/branches.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { graphOf } from '../../support/graph-of.ts';

const task = (id: string, department: string, limit: string) =>
  `<userTask id="${id}" ov:department="${department}" ${limit}/>`;

const compiled = (body: string, processAttrs = 'ov:promise="20"') => graphOf(bpmn(body, { processAttrs }));

const limitsOf = (graph: ProcessGraph) => branchesOf(graph).map(({ steps: _steps, ...plan }) => plan);
const stepsOf = (graph: ProcessGraph, of: string) =>
  branchesOf(graph)
    .find(({ department }) => department === of)!
    .steps.map(({ name, adds }) => [name, adds]);

const city = loadDirectory();
const isJoint = (graph: ProcessGraph) => isHandledJointly(graph, city);

describe('the limit of a department', () => {
  it('adds up what follows, and takes the longer of what stands side by side', async () => {
    const graph = await compiled(
      `<startEvent id="s"/><parallelGateway id="f"/>${task('a', 'tax', 'ov:promise="2"')}${task('b', 'tax', 'ov:promise="3"')}${task('c', 'fire', 'ov:promise="4"')}<parallelGateway id="j"/>${task('d', 'tax', 'ov:promise="1"')}<endEvent id="e"/>` +
        chain('s', 'f', 'a', 'j', 'd', 'e') +
        chain('f', 'b', 'j') +
        chain('f', 'c', 'j'),
    );
    expect(limitsOf(graph)).toEqual([
      { department: 'tax', limit: { value: 4, unit: 'workingDays' } },
      { department: 'fire', limit: { value: 4, unit: 'workingDays' } },
    ]);
    expect(stepsOf(graph, 'tax')).toEqual([
      ['b', 3],
      ['d', 1],
    ]);
    expect([isJoint(graph), longestExtension(graph, city)]).toEqual([true, 15]);
  });

  it('adds hours to days: what is left over of a day counts as one', async () => {
    const hours = 'ov:promise="4" ov:unit="workingHours"';
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', hours)}<parallelGateway id="f"/>${task('b', 'fire', '')}${task('c', 'water', '')}<parallelGateway id="j"/>${task('d', 'tax', 'ov:promise="1"')}<endEvent id="e"/>` +
        chain('s', 'a', 'f', 'b', 'j', 'd', 'e') +
        chain('f', 'c', 'j'),
    );
    expect(stepsOf(graph, 'tax')).toEqual([
      ['a', 4 / 7],
      ['d', 1],
    ]);
    expect(limitsOf(graph)[0]).toEqual({ department: 'tax', limit: { value: 2, unit: 'workingDays' } });
  });

  it('adds hours that make whole days to no more than these', async () => {
    const hours = (value: number) => `ov:promise="${value}" ov:unit="workingHours"`;
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', hours(1))}${task('b', 'tax', 'ov:promise="3"')}${task('c', 'tax', hours(13))}<endEvent id="e"/>${chain('s', 'a', 'b', 'c', 'e')}`,
    );
    expect(limitsOf(graph)).toEqual([{ department: 'tax', limit: { value: 5, unit: 'workingDays' } }]);
  });

  it('adds days and hours to days, also where the whole case has hours: a department is due no sooner than its step', async () => {
    const hours = (value: number) => `ov:promise="${value}" ov:unit="workingHours"`;
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', 'ov:promise="0"')}${task('b', 'tax', hours(1))}<endEvent id="e"/>${chain('s', 'a', 'b', 'e')}`,
      hours(16),
    );
    expect(limitsOf(graph)).toEqual([{ department: 'tax', limit: { value: 1, unit: 'workingDays' } }]);
  });

  it.each([
    ['one unit', 'ov:promise="2"', 'ov:promise="3"', 5],
    ['days and hours', 'ov:promise="2"', 'ov:promise="4" ov:unit="workingHours"', 3],
    ['working and calendar days', 'ov:promise="3"', 'ov:promise="5" ov:unit="calendarDays"', 7],
    ['work on the spot', 'ov:promise="0"', 'ov:promise="0"', 0],
    ['several start rules', 'ov:promise="2" ov:startRule="sameDay"', 'ov:promise="2"', 4],
  ])('comes to what usual weeks have, of %s', async (_, first, second, value) => {
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', first)}${task('b', 'tax', second)}<endEvent id="e"/>${chain('s', 'a', 'b', 'e')}`,
    );
    expect(branchesOf(graph)[0]!.limit!.value).toBe(value);
  });

  it('counts work that is done again once, and what stands in sub-processes', async () => {
    const graph = await compiled(
      `<startEvent id="s"/><exclusiveGateway id="again"/><subProcess id="p"><startEvent id="ps"/>${task('a', 'tax', 'ov:promise="2"')}<endEvent id="pe"/>${chain('ps', 'a', 'pe')}</subProcess><exclusiveGateway id="x" default="x-e"/><endEvent id="e"/>` +
        chain('s', 'again', 'p', 'x', 'e') +
        flow('x', 'again', 'wrong = true'),
    );
    expect(limitsOf(graph)).toEqual([{ department: 'tax', limit: { value: 2, unit: 'workingDays' } }]);
    expect(stepsOf(graph, 'tax')).toEqual([['a', 2]]);
    expect([isJoint(graph), longestExtension(graph, city)]).toEqual([false, 10]);
  });

  it('adds up what a department does a fixed number of times in a row, but not side by side', async () => {
    const repeated = (id: string, sequential: boolean, count: string) =>
      `<userTask id="${id}" ov:department="tax" ov:promise="2"><multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality>${count}</loopCardinality></multiInstanceLoopCharacteristics></userTask>`;
    const inside = `<subProcess id="p"><startEvent id="ps"/>${repeated('c', true, '3')}<endEvent id="pe"/>${chain('ps', 'c', 'pe')}<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></subProcess>`;
    const graph = await compiled(
      `<startEvent id="s"/>${repeated('a', true, '5')}${repeated('b', false, '5')}${inside}${repeated('d', true, 'rooms')}<endEvent id="e"/>${chain('s', 'a', 'b', 'p', 'd', 'e')}`,
      'ov:promise="60"',
    );
    expect(stepsOf(graph, 'tax')).toEqual([
      ['a', 10],
      ['b', 2],
      ['c', 12],
      ['d', 2],
    ]);
    expect(limitsOf(graph)).toEqual([{ department: 'tax', limit: { value: 26, unit: 'workingDays' } }]);
    expect(stepsInWords(branchesOf(graph)[0]!.steps, 'workingDays')).toMatchObject({
      zh: expect.stringContaining('“a”2 个工作日（依次 5 次，计 10 个工作日）、“b”2 个工作日、'),
      en: expect.stringContaining(
        '“a” 2 working days (5 times in a row, counts as 10 working days), “b” 2 working days,',
      ),
    });
  });

  it('keeps the unit of its tasks where they have one, else takes that of the process', async () => {
    const hours = 'ov:promise="8" ov:unit="workingHours"';
    const graph = await compiled(
      `<startEvent id="s"/>${task('a', 'tax', hours)}${task('b', 'fire', hours)}${task('c', 'fire', 'ov:promise="1"')}${task('d', 'window', '')}<endEvent id="e"/>${chain('s', 'a', 'b', 'c', 'd', 'e')}`,
    );
    expect(limitsOf(graph)).toEqual([
      { department: 'tax', limit: { value: 8, unit: 'workingHours' } },
      { department: 'fire', limit: { value: 3, unit: 'workingDays' } },
      { department: 'window' },
    ]);
    expect(stepsOf(graph, 'window')).toEqual([]);
  });

  it('is of a joint case where the model says so', async () => {
    const body = `<startEvent id="s"/>${task('a', 'tax', '')}${task('b', 'fire', '')}<endEvent id="e"/>${chain('s', 'a', 'b', 'e')}`;
    expect(isJoint(await compiled(body, 'ov:joint="false"'))).toBe(false);
    expect(isJoint(await compiled(body))).toBe(true);
  });
});

describe('joint handling that the model does not speak of', () => {
  const desks = (departments: readonly string[], attrs: Record<string, string> = {}) => {
    const ids = departments.map((_, index) => `t${index}`);
    const tasks = departments.map((department, index) => task(ids[index]!, department, attrs[ids[index]!] ?? ''));
    return `<startEvent id="s"/>${tasks.join('')}<endEvent id="e"/>${chain('s', ...ids, 'e')}`;
  };
  const handled = async (body: string, processAttrs?: string) => {
    const graph = await compiled(body, processAttrs);
    return [isJoint(graph), longestExtension(graph, city)];
  };
  const MARKED = { t0: 'ov:milestone="accepted"', t1: 'ov:milestone="decided"', t2: 'ov:milestone="delivered"' };

  it('is not of a window that receives and delivers, and one department', async () => {
    expect(await handled(desks(['window', 'housing', 'window']))).toEqual([false, 10]);
    expect(await handled(desks(['window', 'housing', 'window'], MARKED))).toEqual([false, 10]);
  });

  it('is not of whoever reviews acceptance or delivers, window or not, between the milestones that the model names', async () => {
    expect(await handled(desks(['tax', 'housing', 'fire'], MARKED))).toEqual([false, 10]);
    expect(await handled(desks(['tax', 'housing', 'fire']))).toEqual([true, 15]);
  });

  it('is of several departments that handle, also of a window that has a task between acceptance and decision', async () => {
    const decided = { t0: 'ov:milestone="accepted"', t2: 'ov:milestone="decided"' };
    expect(await handled(desks(['window', 'tax', 'housing']))).toEqual([true, 15]);
    expect(await handled(desks(['tax', 'window', 'housing'], decided))).toEqual([true, 15]);
    expect(await handled(desks(['window', 'housing', 'window'], { t0: 'ov:milestone="accepted"' }))).toEqual([
      false,
      10,
    ]);
  });

  it('is what the model says, whoever has tasks', async () => {
    const body = desks(['window', 'housing', 'window'], MARKED);
    expect(await handled(body, 'ov:promise="20" ov:joint="true"')).toEqual([true, 15]);
    expect(await handled(desks(['tax', 'housing']), 'ov:promise="20" ov:joint="false"')).toEqual([false, 10]);
  });
});

it('tells how limits of another unit are added', async () => {
  const graph = await compiled(
    `<startEvent id="s"/>${task('a', 'tax', 'ov:promise="3"')}${task('b', 'tax', 'ov:promise="5" ov:unit="calendarDays"')}<endEvent id="e"/>${chain('s', 'a', 'b', 'e')}`,
  );
  const [plan] = branchesOf(graph);
  const { zh, en } = stepsInWords(plan!.steps, plan!.limit!.unit);
  expect(zh).toMatch(/“b”5 个自然日；7 个自然日折算为 5 个工作日，不足 1 个工作日的按 1 个工作日计$/);
  expect(en).toMatch(
    /“b” 5 calendar days; 7 calendar days make 5 working days, what is left over counts as 1 working day$/,
  );
});

it.each([
  ['a number of times', 'isSequential="true"><loopCardinality>3</loopCardinality>', [2, 4, 6]],
  ['as often as the case says', 'isSequential="true" ov:collection="=list" ov:elementVariable="each">', [2, 4, 8]],
  ['side by side', 'isSequential="false"><loopCardinality>3</loopCardinality>', [2, 2, 2]],
])('gives departments that the case names the rounds that each has had, of what is done %s', async (_, loop, days) => {
  const repeated = `<multiInstanceLoopCharacteristics ${loop}</multiInstanceLoopCharacteristics>`;
  const ask = (inside: string) => `<userTask id="ask" ov:department="=asked" ov:promise="2">${inside}</userTask>`;
  const around = `<subProcess id="around"><startEvent id="ps"/>${ask('')}<endEvent id="pe"/>${chain('ps', 'ask', 'pe')}${repeated}</subProcess>`;
  for (const [id, element] of [
    ['ask', ask(repeated)],
    ['around', around],
  ] as const) {
    const decide = task('decide', 'housing', 'ov:promise="3"');
    const graph = await compiled(
      `<startEvent id="s"/>${element}${decide}<endEvent id="e"/>${chain('s', id, 'decide', 'e')}`,
    );
    const limitOf = (department: string, rounds: number) =>
      branchWith(graph, department, new Map([['ask', rounds]])).limit!.value;
    expect([1, 2, 4].map((rounds) => limitOf('tax', rounds))).toEqual(days);
    expect(limitOf('housing', 1)).toBe(5);
  }
});
