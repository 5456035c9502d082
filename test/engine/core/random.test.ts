import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkUpload } from '../../../engine/model/index.ts';
import type { CaseState } from '../../../engine/core/index.ts';
import { stateFaults } from '../../support/consistency.ts';
import { EffectLedger } from '../../support/effect-ledger.ts';
import { everyKindOfBlock, blockToBpmn, type Block } from '../../support/random-model.ts';
import { walk } from '../../support/random-walk.ts';

const MODELS = Number(process.env.RANDOM_MODELS ?? 3_000);
const SEED = Number(process.env.RANDOM_SEED ?? 20260302);

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

describe(`${MODELS} random models on random paths (RANDOM_SEED=${SEED})`, () => {
  it('come to the same state and events when stopped and reloaded after every step, end, and leave nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        everyKindOfBlock,
        fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }),
        async (block, choices) => {
          const graph = await compiled(block);
          // a frozen state proves as well that no step writes into the one it was given
          const through = walk(graph, choices, freeze);
          const ledger = new EffectLedger();
          const faults: string[] = [];
          const restarted = walk(graph, choices, (state, effects, command) => {
            faults.push(...stateFaults(graph, state), ...ledger.apply(effects, command), ...ledger.differences(state));
            return reload(state);
          });
          expect(faults).toEqual([]);
          expect(JSON.stringify(restarted)).toBe(JSON.stringify(through));

          expect(through.state.status).toBe('completed');
          expect(Object.keys(through.state.tokens)).toEqual([]);
          expect(Object.values(through.state.scopes).map(({ kind, live, joins }) => ({ kind, live, joins }))).toEqual([
            { kind: 'process', live: 0, joins: undefined },
          ]);
          expect(through.events.filter((event) => event.type === 'incident.opened')).toEqual([]);
        },
      ),
      { numRuns: MODELS, seed: SEED },
    );
  }, 600_000);
});
