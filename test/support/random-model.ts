import fc from 'fast-check';
import { bpmn, flow } from './bpmn.ts';
import type { Block } from './random-block.ts';
import { PROMISE, ROOTS } from './random-elements.ts';
import { Writer } from './random-writer.ts';

export type { Block } from './random-block.ts';

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

/** Writes the block as a process with a start and an end; `limits` are attributes of the process. */
export function blockToBpmn(block: Block, limits = PROMISE): string {
  const writer = new Writer();
  const { first, last } = writer.write(block);
  return bpmn(`<startEvent id="s"/>${writer.xml}<endEvent id="e"/>${flow('s', first)}${flow(last, 'e')}`, {
    roots: ROOTS,
    processAttrs: limits,
  });
}
