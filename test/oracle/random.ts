import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockToBpmn, type Block } from '../support/random-model.ts';
import { firstDifference, type Compared } from './compare.ts';

/** The same models in every run; `ORACLE_SEED=7 ORACLE_MODELS=20000 npm run test:oracle` looks elsewhere. */
const seed = Number(process.env.ORACLE_SEED ?? 20260302);

/**
 * Random models on random paths run alike on both engines. A difference is shrunk to the smallest model that shows it and
 * reported with its seed, the model and the step.
 */
export function compareRandomModels(models: number, block: fc.Arbitrary<Block>): void {
  const runs = Number(process.env.ORACLE_MODELS ?? models);
  it(`${runs} random models run alike on our core and on bpmn-engine (ORACLE_SEED=${seed})`, async () => {
    let runsAlike = 0;
    const compared: Compared = new Map();
    const choices = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(block, choices, async (model, path) => {
        const difference = await firstDifference(blockToBpmn(model), path, compared);
        if (difference !== undefined) throw new Error(difference);
        runsAlike++;
      }),
      { numRuns: runs, seed },
    );
    expect(runsAlike).toBe(runs);
    // small models come again, but not that often
    const different = [...compared.values()].reduce((sum, { paths }) => sum + paths.size, 0);
    expect(different).toBeGreaterThan(runs / 2);
  }, 600_000);
}
