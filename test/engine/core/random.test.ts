import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkUpload } from '../../../engine/model/index.ts';
import type { CaseState } from '../../../engine/core/index.ts';
import { stateFaults } from '../../support/consistency.ts';
import { anyBlock, blockToBpmn, type Block } from '../../support/random-model.ts';
import { walk } from '../../support/random-walk.ts';

const MODELS = 1_000;

async function compiled(block: Block) {
  const { graph, findings } = await checkUpload(Buffer.from(blockToBpmn(block)));
  if (!graph) throw new Error(JSON.stringify(findings));
  return graph;
}

const reload = (state: CaseState) => JSON.parse(JSON.stringify(state)) as CaseState;

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

describe(`${MODELS} random models on random paths`, () => {
  it('come to the same state and events when stopped and reloaded after every step, end, and leave nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlock, fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }), async (block, choices) => {
        const graph = await compiled(block);
        // a frozen state proves as well that no step writes into the one it was given
        const through = walk(graph, choices, freeze);
        const restarted = walk(graph, choices, (state) => {
          expect(stateFaults(graph, state)).toEqual([]);
          return reload(state);
        });
        expect(restarted).toEqual(through);
        expect(JSON.stringify(restarted.events)).toBe(JSON.stringify(through.events));

        expect(through.state.status).toBe('completed');
        expect(Object.keys(through.state.tokens)).toEqual([]);
        expect(Object.values(through.state.scopes).map(({ kind, live, joins }) => ({ kind, live, joins }))).toEqual([
          { kind: 'process', live: 0, joins: undefined },
        ]);
        expect(through.events.filter((event) => event.type === 'incident.opened')).toEqual([]);
      }),
      { numRuns: MODELS, seed: 20260302 },
    );
  }, 240_000);
});
