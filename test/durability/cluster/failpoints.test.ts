import { afterAll, describe, expect, it } from '@jest/globals';
import { failpoints } from './faults/failpoints.ts';
import { runCluster } from './run.ts';

const HITS = Number(process.env.CLUSTER_HITS ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const common = { nodes: 3, pace: 300, clients: 5, seed: SEED, patience: 60_000 };

describe(`three nodes that die exactly between two steps of their work, ${HITS} times at each`, () => {
  const points = failpoints({ does: 'die', hits: HITS, nodes: 3 });
  afterAll(points.forget);

  it(
    'lose nothing they have acknowledged, and do everything once',
    async () => {
      const run = { ...common, name: 'failpoints', faults: [points.fault], environment: points.environment };
      const report = await runCluster(run);
      if (!report) return; // said so: there is no MongoDB
      console.log(report.summary);
      expect(report.violations).toEqual([]);
      expect(Math.min(...points.counts())).toBeGreaterThanOrEqual(HITS);
    },
    400_000 + HITS * 20_000,
  );
});
