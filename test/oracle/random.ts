import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockToBpmn, type Block } from '../support/random-model.ts';
import { firstDifference, type Compared } from './compare.ts';

/** The same models in every run; `ORACLE_SEED=7 ORACLE_MODELS=20000 npm run test:oracle` looks elsewhere. */
const seed = Number(process.env.ORACLE_SEED ?? 20260302);

/** Small models come again: so many draws for one that has not been compared yet. */
const DRAWS = 3;

/**
 * So many different random models and paths run alike on both engines. A difference is shrunk to the smallest model that
 * shows it and reported with its seed, the model and the step.
 */
export function compareRandomModels(models: number, block: fc.Arbitrary<Block>): void {
  const wanted = Number(process.env.ORACLE_MODELS ?? models);
  it(`${wanted} random models run alike on our core and on bpmn-engine (ORACLE_SEED=${seed})`, async () => {
    const compared: Compared = new Map();
    const different = () => [...compared.values()].reduce((sum, { paths }) => sum + paths.size, 0);
    const choices = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(block, choices, async (model, path) => {
        if (different() >= wanted) return;
        const difference = await firstDifference(blockToBpmn(model), path, compared);
        if (difference !== undefined) throw new Error(difference);
      }),
      { numRuns: wanted * DRAWS, seed },
    );
    expect(different()).toBeGreaterThanOrEqual(wanted);
  }, 600_000);
}
