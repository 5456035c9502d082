import fc from 'fast-check';
import {
  AWAITABLES,
  BEHAVIORS,
  ENDINGS,
  HAPPENINGS,
  LEAVES,
  LOUD,
  type Block,
  type Leaf,
  type ProcessShape,
} from './random-block.ts';

const kind = <K extends string>(name: K) => fc.constant(name);
const leaf = (kinds: readonly Leaf[]): fc.Arbitrary<Block> => fc.constantFrom(...kinds).map((name) => ({ kind: name }));
const happening = fc.constantFrom(...HAPPENINGS);
const some = (block: fc.Arbitrary<Block>, most = 3) => fc.array(block, { minLength: 2, maxLength: most });
const chosen = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
const repetition = { count: fc.nat(3), sequential: fc.boolean() };

/** Random blocks of every element kind the core runs; shrinks towards a single user task. */
export const everyKindOfBlock: fc.Arbitrary<Block> = fc.letrec<{ top: Block; block: Block; quiet: Block }>((tie) => ({
  top: fc.oneof(
    tie('block'),
    fc.record({ kind: fc.constant('sequence' as const), parts: fc.tuple(tie('block'), tie('block')) }),
    fc.record({
      kind: fc.constant('parallel' as const),
      parts: fc.tuple(tie('block'), tie('block')),
      chosen: fc.constant<boolean[]>([]),
    }),
  ),
  block: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block', withCrossShrink: true },
    ...blocks(tie('block'), tie('quiet'), true),
  ),
  // what a signal or an escalation begins must not throw it or wait for it: each time, it would begin once more
  quiet: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block', withCrossShrink: true },
    ...blocks(tie('quiet'), tie('quiet'), false),
  ),
})).top;

/** Random processes: a random block between every kind of start and end. */
export const everyKindOfProcess: fc.Arbitrary<ProcessShape> = fc.record({
  block: everyKindOfBlock,
  start: usually('none', ['implicit', 'event', 'several', 'receive', 'gateway']),
  trigger: fc.constantFrom('message', 'timer', 'signal', 'condition'),
  parallel: fc.boolean(),
  end: usually('none', ['implicit', 'message', 'signal', 'escalation', 'several', 'compensate', 'terminate']),
});

function usually<T extends string>(most: T, others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(most) }, { weight: 1, arbitrary: fc.constantFrom<T>(...others) });
}

function blocks(block: fc.Arbitrary<Block>, quiet: fc.Arbitrary<Block>, loud: boolean) {
  return [
    { weight: 3, arbitrary: leaf(loud ? LEAVES : LEAVES.filter((name) => !LOUD.has(name))) },
    fc.record({ kind: kind('multiInstance'), ...repetition, early: fc.boolean() }),
    fc.record({ kind: kind('gathering'), ...repetition, saved: fc.boolean() }),
    fc.record({ kind: kind('quantity'), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: kind('loop'), maximum: fc.integer({ min: 1, max: 2 }), testBefore: fc.boolean() }),
    ...flows(block, loud),
    ...scopes(block),
    ...catching(block, quiet, loud),
  ];
}

function flows(block: fc.Arbitrary<Block>, loud: boolean): fc.Arbitrary<Block>[] {
  const awaitable = fc.constantFrom(...AWAITABLES.filter((event) => loud || event !== 'signal'));
  return [
    fc.record({ kind: kind('sequence'), parts: some(block) }),
    fc.record({
      kind: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const, 'branching' as const),
      parts: some(block),
      chosen,
    }),
    fc.record({ kind: kind('spread'), parts: some(block, 2) }),
    fc.record({ kind: kind('rework'), part: block, rounds: fc.nat(2) }),
    fc.record({
      kind: kind('awaited'),
      parts: some(block, 2),
      events: fc.array(awaitable, { minLength: 2, maxLength: 2 }),
    }),
    fc.record({ kind: kind('conditional'), part: block }),
    fc.record({
      kind: kind('enough'),
      parts: some(block),
      needed: fc.integer({ min: 1, max: 2 }),
      late: fc.boolean(),
    }),
  ];
}

function scopes(block: fc.Arbitrary<Block>): fc.Arbitrary<Block>[] {
  return [
    fc.record({ kind: kind('subProcess'), part: block, implicit: fc.boolean() }),
    fc.record({ kind: kind('instances'), part: block, count: fc.nat(2), sequential: fc.boolean() }),
    fc.record({ kind: kind('loop'), part: block, maximum: fc.integer({ min: 1, max: 2 }), testBefore: fc.boolean() }),
    fc.record({ kind: kind('terminated'), part: block }),
    fc.record({
      kind: kind('compensated'),
      part: block,
      undo: fc.integer({ min: 1, max: 2 }),
      one: fc.boolean(),
      wait: fc.boolean(),
      last: fc.boolean(),
    }),
    fc.record({ kind: kind('undone'), part: block, handler: block }),
    fc.record({ kind: kind('cancelled'), part: block, handler: block, cancels: fc.boolean() }),
    fc.record(
      {
        kind: kind('adHoc'),
        parts: some(block, 2),
        sequential: fc.boolean(),
        begun: fc.boolean(),
        condition: fc.boolean(),
        cancelRemaining: fc.boolean(),
      },
      { requiredKeys: ['kind', 'parts', 'sequential', 'begun', 'cancelRemaining'] },
    ),
  ];
}

function catching(block: fc.Arbitrary<Block>, quiet: fc.Arbitrary<Block>, loud: boolean): fc.Arbitrary<Block>[] {
  const interrupting = fc.boolean();
  const what = fc.constantFrom('error' as const, 'escalation' as const);
  const silent = [
    fc.record({ kind: kind('boundary'), trigger: happening, interrupting, part: quiet }),
    fc.record({
      kind: kind('mishap'),
      of: fc.constantFrom('service' as const, 'call' as const),
      interrupting,
      part: block,
    }),
    fc.record({ kind: kind('guarded'), trigger: happening, interrupting, part: block, handler: quiet }),
    fc.record({ kind: kind('handled'), what, interrupting, part: block, handler: quiet }),
    fc.record({ kind: kind('throwing'), what, interrupting, part: block, beside: block, handler: block }),
    fc.record({ kind: kind('ending'), part: block, what: kind('message') }),
  ];
  if (!loud) return silent;
  return [
    ...silent,
    fc.record({ kind: kind('ending'), part: block, what: fc.constantFrom(...ENDINGS) }),
    fc.record({
      kind: kind('reviews'),
      ...repetition,
      behavior: fc.constantFrom(...BEHAVIORS),
      what: fc.constantFrom('signal' as const, 'escalation' as const),
      interrupting,
      part: quiet,
    }),
  ];
}
