import fc from 'fast-check';
import { bpmn, flow } from './bpmn.ts';
import { Writer } from './random-writer.ts';

/** A well-formed piece of a process with one way in and one way out: any tree of these can run to its end. */
export type Block =
  | { kind: Leaf }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'exclusive' | 'parallel' | 'inclusive'; parts: Block[]; chosen: boolean[] }
  | { kind: 'rework'; part: Block; rounds: number }
  /** Without start and end events when implicit. */
  | { kind: 'subProcess'; part: Block; implicit?: boolean }
  | { kind: 'multiInstance'; count: number; sequential: boolean; early: boolean }
  /** A multi-instance sub-process. */
  | { kind: 'instances'; part: Block; count: number; sequential: boolean }
  | { kind: 'loop'; part: Block; maximum: number; testBefore: boolean }
  /** So many tokens leave one task, and the next waits for as many. */
  | { kind: 'quantity'; count: number }
  | { kind: 'boundary'; trigger: Happening; interrupting: boolean; part: Block }
  /** A sub-process with an event sub-process in it. */
  | { kind: 'guarded'; trigger: Happening; interrupting: boolean; part: Block; handler: Block }
  /** A sub-process that throws at its end, beside other work in it, and a boundary event that catches. */
  | {
      kind: 'throwing';
      what: 'error' | 'escalation';
      interrupting: boolean;
      part: Block;
      beside: Block;
      handler: Block;
    }
  /** A sub-process that one of two branches terminates. */
  | { kind: 'terminated'; part: Block }
  /** An event-based gateway: the first of several events chooses the part. */
  | { kind: 'awaited'; parts: Block[] }
  /** One branch waits until the other has made a condition true. */
  | { kind: 'conditional'; part: Block }
  /** A sub-process whose branches meet at a complex gateway, which goes on when so many have come. */
  | { kind: 'enough'; parts: Block[]; needed: number }
  /** A sub-process that undoes its first activity at its end. */
  | { kind: 'compensated'; part: Block; undo: number }
  /** A transaction that is cancelled at its end; `handler` is where its cancel boundary event leads. */
  | { kind: 'cancelled'; part: Block; handler: Block };

export type Happening = 'timer' | 'cycle' | 'message' | 'signal' | 'condition' | 'several';
export type Leaf = (typeof LEAVES)[number];

const LEAVES = [
  'user',
  'service',
  'script',
  'manual',
  'timer',
  'message',
  'receive',
  'signal',
  'send',
  'call',
  'link',
  'saved',
  'several',
  'all',
  'throwSignal',
] as const;

const leaf = (kinds: readonly Leaf[]): fc.Arbitrary<Block> => fc.constantFrom(...kinds).map((kind) => ({ kind }));
const happening = fc.constantFrom<Happening>('timer', 'cycle', 'message', 'signal', 'condition', 'several');

/** Random blocks of the everyday kinds; shrinks towards a single user task. */
export const anyBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Block>(
      { kind: 'user' },
      { kind: 'service' },
      { kind: 'script' },
      { kind: 'timer' },
      { kind: 'message' },
    ),
    fc.record({
      kind: fc.constant('multiInstance' as const),
      count: fc.nat(3),
      sequential: fc.boolean(),
      early: fc.boolean(),
    }),
  ),
  block: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block' },
    tie('leaf'),
    fc.record({
      kind: fc.constant('sequence' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      chosen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('rework' as const), part: tie('block'), rounds: fc.nat(2) }),
    fc.record({ kind: fc.constant('subProcess' as const), part: tie('block') }),
    fc.record({
      kind: fc.constant('boundary' as const),
      trigger: fc.constantFrom('timer' as const, 'message' as const),
      interrupting: fc.boolean(),
      part: tie('block'),
    }),
  ),
})).block;

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
  block: blocks(tie('block'), tie('quiet'), leaf(LEAVES)),
  // what a signal begins must not throw it or wait for it: each time, it would begin once more
  quiet: blocks(tie('quiet'), tie('quiet'), leaf(LEAVES.filter((kind) => kind !== 'throwSignal' && kind !== 'signal'))),
})).top;

function blocks(
  block: fc.Arbitrary<Block>,
  quiet: fc.Arbitrary<Block>,
  leaves: fc.Arbitrary<Block>,
): fc.Arbitrary<Block> {
  const kind = <K extends string>(name: K) => fc.constant(name);
  return fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block', withCrossShrink: true },
    { weight: 2, arbitrary: leaves },
    fc.record({ kind: kind('multiInstance'), count: fc.nat(3), sequential: fc.boolean(), early: fc.boolean() }),
    fc.record({ kind: kind('quantity'), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: kind('sequence'), parts: fc.array(block, { minLength: 2, maxLength: 3 }) }),
    fc.record({
      kind: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const),
      parts: fc.array(block, { minLength: 2, maxLength: 3 }),
      chosen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    fc.record({ kind: kind('rework'), part: block, rounds: fc.nat(2) }),
    fc.record({ kind: kind('subProcess'), part: block, implicit: fc.boolean() }),
    fc.record({ kind: kind('instances'), part: block, count: fc.nat(2), sequential: fc.boolean() }),
    fc.record({ kind: kind('loop'), part: block, maximum: fc.integer({ min: 1, max: 2 }), testBefore: fc.boolean() }),
    fc.record({ kind: kind('boundary'), trigger: happening, interrupting: fc.boolean(), part: quiet }),
    fc.record({
      kind: kind('guarded'),
      trigger: happening,
      interrupting: fc.boolean(),
      part: block,
      handler: quiet,
    }),
    fc.record({
      kind: kind('throwing'),
      what: fc.constantFrom('error' as const, 'escalation' as const),
      interrupting: fc.boolean(),
      part: block,
      beside: block,
      handler: block,
    }),
    fc.record({ kind: kind('terminated'), part: block }),
    fc.record({ kind: kind('awaited'), parts: fc.array(block, { minLength: 2, maxLength: 2 }) }),
    fc.record({ kind: kind('conditional'), part: block }),
    fc.record({
      kind: kind('enough'),
      parts: fc.array(block, { minLength: 2, maxLength: 3 }),
      needed: fc.integer({ min: 1, max: 2 }),
    }),
    fc.record({ kind: kind('compensated'), part: block, undo: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ kind: kind('cancelled'), part: block, handler: block }),
  );
}

/** Writes the block as a process with a start and an end. */
export function blockToBpmn(block: Block): string {
  const writer = new Writer();
  const { first, last } = writer.write(block);
  return bpmn(`<startEvent id="s"/>${writer.xml}<endEvent id="e"/>${flow('s', first)}${flow(last, 'e')}`, {
    roots: ROOTS,
  });
}

const ROOTS =
  '<message id="m" name="news"/><signal id="sig" name="alarm"/><error id="bad" errorCode="BAD"/><escalation id="late" escalationCode="LATE"/>';
