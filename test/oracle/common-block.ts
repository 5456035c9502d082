import fc from 'fast-check';
import type { Block } from '../support/random-model.ts';

/**
 * What the oracle's parallel join lets stand around a block in the same scope (faults.test.ts): `joined` lies between a
 * fork and its join, where nothing may choose; `plain` comes after a choice or is repeated, where nothing may join;
 * `free` is neither.
 */
type Place = 'free' | 'plain' | 'joined';

/** Random models of the subset that bpmn-engine gets right. `scopes`: with sub-processes, instances and boundary events. */
export function commonBlock(depth: number, scopes: boolean, place: Place = 'free', again = false): fc.Arbitrary<Block> {
  const leaf: fc.Arbitrary<Block> = fc.constantFrom<Block>(
    { kind: 'user' },
    { kind: 'service' },
    { kind: 'script' },
    { kind: 'timer' },
    { kind: 'message' },
  );
  const instances: fc.Arbitrary<Block> = fc.record({
    kind: fc.constant('multiInstance' as const),
    count: fc.integer({ min: 0, max: 2 }),
    sequential: fc.boolean(),
    // an early end of parallel instances is not repeatable, and reaches a join twice
    early: again || place === 'joined' ? fc.constant(false) : fc.boolean(),
  });
  const leaves = scopes ? fc.oneof(leaf, instances) : leaf;
  if (depth === 0) return leaves;

  const within = (inside: Place, repeated = again) => commonBlock(depth - 1, scopes, inside, repeated);
  const two = (first: Place, second: Place) => fc.tuple(within(first), within(second));
  const sequence = (parts: fc.Arbitrary<[Block, Block]>) =>
    fc.record({ kind: fc.constant('sequence' as const), parts });
  const composed: fc.Arbitrary<Block>[] =
    place === 'free'
      ? [sequence(two('joined', 'free')), sequence(two('free', 'plain'))]
      : [sequence(two(place, place))];
  if (scopes) composed.push(fc.record({ kind: fc.constant('subProcess' as const), part: within('free') }));
  if (place !== 'plain') {
    composed.push(
      fc.record({
        kind: fc.constant('parallel' as const),
        parts: two('joined', 'joined'),
        chosen: fc.constant([] as boolean[]),
      }),
    );
  }
  if (place !== 'joined') {
    composed.push(
      // inclusive joins are not joined: one branch at a time
      fc.record({
        kind: fc.constantFrom('exclusive' as const, 'inclusive' as const),
        parts: two(place, place),
        chosen: fc.boolean().map((first) => [first, false]),
      }),
      fc.record({ kind: fc.constant('rework' as const), part: within('plain', true), rounds: fc.nat(1) }),
    );
    if (place === 'free')
      composed.push(
        fc.record({ kind: fc.constant('rework' as const), part: within('joined', true), rounds: fc.nat(1) }),
      );
    if (scopes) {
      composed.push(
        fc.record({
          kind: fc.constant('boundary' as const),
          trigger: fc.constantFrom('timer' as const, 'message' as const),
          // an activity is active once per scope: what an earlier event began may not be begun again
          interrupting: again ? fc.constant(true) : fc.boolean(),
          part: within('plain'),
        }),
      );
    }
  }
  return fc.oneof({ arbitrary: leaves, weight: 2 }, ...composed.map((arbitrary) => ({ arbitrary, weight: 2 })));
}
