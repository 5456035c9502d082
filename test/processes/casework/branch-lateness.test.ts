import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueDatesOf, taskTerms } from '../../../engine/cases/due-terms.ts';
import type { CaseRow, TaskRow } from '../../../engine/index.ts';
import { dueDate, type StartRule } from '../../../engine/time/index.ts';
import { compileExpression } from '../../../engine/expressions/compile-expression.ts';
import type { Limit } from '../../../engine/model/graph.ts';
import { compile, parseBpmn } from '../../../engine/model/index.ts';
import { loadCalendar } from '../../../processes/calendars/index.ts';
import { branchesOfCase } from '../../../processes/casework/index.ts';
import { bpmn, flow } from '../../support/bpmn.ts';

const calendar = loadCalendar();
const MINUTE = 60_000;

/** A step of a process, or how steps follow one another. */
type Block =
  | { kind: 'step'; department: 'tax' | 'housing' | '=asked'; limit: Limit; startRule: StartRule | undefined }
  | { kind: 'row' | 'fork'; inside: Block[]; times?: undefined }
  | { kind: 'again' | 'rounds'; inside: Block[]; times: number };

/** How long a step takes: a part of the time that it has; above 1, all of that and some minutes more. */
interface Pace {
  readonly asked: 'tax' | 'housing';
  readonly part: number;
  readonly late: number;
}

const limit = fc.oneof(
  fc.record({
    value: fc.integer({ min: 0, max: 5 }),
    unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const),
  }),
  fc.record({ value: fc.integer({ min: 1, max: 16 }), unit: fc.constant('workingHours' as const) }),
);
const { block } = fc.letrec<{ block: Block; inside: Block[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('step' as const),
      department: fc.constantFrom('tax' as const, 'tax' as const, 'housing' as const, '=asked' as const),
      limit,
      startRule: fc.constantFrom<StartRule | undefined>(undefined, 'nextWorkingDay', 'sameDay', 'minuteExact'),
    }),
    fc.record({ kind: fc.constantFrom('row' as const, 'row' as const, 'fork' as const), inside: tie('inside') }),
    fc.record({
      kind: fc.constantFrom('again' as const, 'rounds' as const),
      inside: tie('inside'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  ),
  inside: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
}));
const pace = (parts: fc.Arbitrary<number>): fc.Arbitrary<Pace> =>
  fc.record({
    asked: fc.constantFrom('tax' as const, 'housing' as const),
    part: parts,
    late: fc.integer({ min: 1, max: 9_000 }),
  });
const start = fc
  .integer({ min: Date.UTC(2026, 0, 5) / MINUTE, max: Date.UTC(2026, 8, 20) / MINUTE })
  .map((minutes) => minutes * MINUTE);
/** Minutes after the start, and how many. */
const holds = fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 9_000 })), {
  maxLength: 2,
});

interface Drawn {
  readonly xml: string;
  readonly first: string;
  readonly last: string;
  /** Does it from a moment on, and tells when it ended. */
  run(from: number, doStep: (node: string, from: number, of: Block) => number): number;
}

function drawn(block: Block, id: string): Drawn {
  if (block.kind === 'step') {
    const { department, limit, startRule } = block;
    const rule = startRule ? `ov:startRule="${startRule}"` : '';
    const xml = `<userTask id="${id}" ov:department="${department}" ov:promise="${limit.value}" ov:unit="${limit.unit}" ${rule}/>`;
    return { xml, first: id, last: id, run: (from, doStep) => doStep(id, from, block) };
  }
  const inside = block.inside.map((each, index) => drawn(each, `${id}${index}`));
  const all = inside.map(({ xml }) => xml).join('');
  const [first, last] = [`${id}f`, `${id}l`];
  if (block.kind === 'fork')
    return {
      xml: `<parallelGateway id="${first}"/>${all}<parallelGateway id="${last}"/>${inside.map((each) => flow(first, each.first) + flow(each.last, last)).join('')}`,
      ...{ first, last },
      run: (from, doStep) => Math.max(...inside.map(({ run }) => run(from, doStep))),
    };
  const between = inside.slice(1).map((each, index) => flow(inside[index]!.last, each.first));
  const run: Drawn['run'] = (from, doStep) => inside.reduce((at, each) => each.run(at, doStep), from);
  const [head, tail] = [inside[0]!.first, inside.at(-1)!.last];
  const xml = all + between.join('');
  if (block.times === undefined) return { xml, first: head, last: tail, run };
  const { kind, times } = block;
  const repeated: Drawn['run'] = (from, doStep) =>
    Array.from({ length: times }).reduce<number>((at) => run(at, doStep), from);
  if (kind === 'again')
    return {
      xml: `<exclusiveGateway id="${first}"/>${xml}<exclusiveGateway id="${last}" default="${last}-on"/><exclusiveGateway id="${last}n"/><sequenceFlow id="${last}-on" sourceRef="${last}" targetRef="${last}n"/>${flow(first, head)}${flow(tail, last)}${flow(last, first, 'wrong = true')}`,
      first,
      last: `${last}n`,
      run: repeated,
    };
  return {
    xml: `<subProcess id="${id}"><startEvent id="${first}"/>${xml}<endEvent id="${last}"/>${flow(first, head)}${flow(tail, last)}<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>${times}</loopCardinality></multiInstanceLoopCharacteristics></subProcess>`,
    first: id,
    last: id,
    run: repeated,
  };
}

interface Course {
  readonly block: Block;
  readonly start: number;
  readonly paces: readonly Pace[];
  readonly holds: readonly (readonly [number, number])[];
  readonly extension: number;
  /** When it is looked at, as a part of the time that all takes. */
  readonly look: number;
}

/** The case as it stands when it is looked at, with the rows as the engine keeps them. */
async function caseOf({ block, start, paces, holds, extension, look }: Course) {
  const { xml, first, last, run } = drawn(block, 'b');
  const body = `<startEvent id="s"/>${xml}<endEvent id="e"/>${flow('s', first)}${flow(last, 'e')}`;
  const graph = compile(await parseBpmn(bpmn(body)), compileExpression);
  const clockAt = (moment: number): NonNullable<CaseRow['clock']> => ({
    holds: holds
      .map(([after, length]) => ({ from: start + after * MINUTE, to: start + (after + length) * MINUTE }))
      .filter(({ from }) => from < moment)
      .map(({ from, to }) => ({ reason: 'test', from, to: to > moment ? null : to, note: '' })),
    extensions: extension ? [{ value: extension }] : [],
  });
  const datesAt = (node: string, since: number, moment: number) =>
    dueDatesOf(taskTerms({ node, since }, graph, calendar, clockAt(moment)));
  const done: { node: string; department: string; from: number; to: number }[] = [];
  const end = run(start, (node, from, of) => {
    const { asked, part, late } = paces[done.length % paces.length]!;
    const due = datesAt(node, from, Infinity).dueAt!;
    const to = part > 1 ? due + late * MINUTE : from + Math.floor((due - from) * part);
    if (of.kind === 'step')
      done.push({ node, department: of.department === '=asked' ? asked : of.department, from, to });
    return to;
  });
  const now = start + Math.floor((end - start) * look);
  const tasks = done
    .filter(({ from }) => from <= now)
    .map(({ node, department, from, to }, index): TaskRow => {
      const endedAt = to <= now ? to : null;
      const { calendarVersion: _version, ...dates } = datesAt(node, from, Math.min(to, now));
      const task = { id: `t${index}`, definitionId: 'P:1', node, name: node, department, assignee: null };
      return { ...task, createdAt: from, endedAt, ...dates } as TaskRow;
    });
  const row = {
    startedAt: start,
    endedAt: null,
    status: 'active',
    definitionId: 'P:1',
    clock: clockAt(now),
  } as CaseRow;
  return { row, tasks, graph, left: new Map(), calendar, now };
}

const course = (parts: fc.Arbitrary<number>) =>
  fc.record({
    ...{ block, start, holds },
    paces: fc.array(pace(parts), { minLength: 1, maxLength: 8 }),
    extension: fc.integer({ min: 0, max: 10 }),
    look: fc.double({ min: 0, max: 1.2, noNaN: true }),
  });

const inTime = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
const tooLate = fc.constant(2);
const departments = async (of: Course) => {
  const given = await caseOf(of);
  const held = given.row.clock!.holds.some(({ to }) => to === null);
  return branchesOfCase(given)
    .parties.filter(({ terms }) => terms)
    .map((branch) => ({ branch, held, now: given.now }));
};
const wasLate = ({ endedAt, dueAt }: TaskRow, now: number) => dueAt !== null && (endedAt ?? now) > dueAt;
const asks = async (parts: fc.Arbitrary<number>, told: (of: Awaited<ReturnType<typeof departments>>[number]) => void) =>
  fc.assert(
    fc.asyncProperty(course(parts), async (of) => (await departments(of)).forEach(told)),
    { numRuns: 100 },
  );

it('is in time while each of its steps is, however their limits add up', async () => {
  await asks(inTime, ({ branch: { light, kept, due, at, tasks } }) => {
    expect(light).not.toBe('red');
    expect(kept).not.toBe(false);
    if (due.dueAt !== null)
      expect(Math.max(at, ...tasks.map(({ dueAt }) => dueAt ?? 0))).toBeLessThanOrEqual(due.dueAt);
  });
}, 60_000);

it('has not kept its time where none of its steps did', async () => {
  await asks(tooLate, ({ branch: { kept, due, at } }) => {
    expect(kept).not.toBe(true);
    if (kept === false) expect(at).toBeGreaterThan(due.dueAt!);
  });
}, 60_000);

it('is judged by the date that it shows, which its ledger comes to, and stands still while it is held', async () => {
  await asks(fc.oneof(inTime, tooLate), ({ branch, held, now }) => {
    const { light, kept, due, at, terms, decisive, limit, used, unpromised, tasks } = branch;
    expect([terms!.limit, unpromised]).toEqual([limit, 0]);
    expect(due).toMatchObject(decisive ? { dueAt: decisive.dueAt } : { dueAt: dueDate(terms!).dueAt });
    const isOverdue = due.dueAt !== null && at > due.dueAt;
    if (kept !== null) return expect(kept).toBe(!isOverdue);
    const stepOverdue = tasks.some((task) => task.endedAt === null && wasLate(task, now));
    expect(light === 'red').toBe(isOverdue || stepOverdue);
    if (held && light !== 'red') expect(light).toBe('grey');
    if (!held) expect(light).not.toBe('grey');
    const exact = limit!.unit !== 'calendarDays' && !decisive && due.dueAt !== null;
    // on the spot takes its day
    if (exact && !isOverdue) expect(used.value).toBeLessThanOrEqual((limit!.value || 1) + 1e-9);
  });
}, 60_000);
