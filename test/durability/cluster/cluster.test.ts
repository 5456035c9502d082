import { describe, expect, it } from '@jest/globals';
import { after } from './faults/after.ts';
import { killNodes } from './faults/kill-nodes.ts';
import { killRedis } from './faults/kill-redis.ts';
import { together } from './faults/together.ts';
import { runCluster } from './run.ts';

/** The long run: CLUSTER_KILLS=200 npm run test:durability -- test/durability/cluster */
const KILLS = Number(process.env.CLUSTER_KILLS ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const PACE = 500;

describe(`three nodes, of which one is killed ${KILLS} times under load`, () => {
  it(
    'lose nothing they have acknowledged, and do everything once',
    async () => {
      const faults = [together(killNodes(KILLS), after((PACE * KILLS) / 2, killRedis()))];
      const run = { name: 'kills', nodes: 3, faults, pace: PACE, clients: 8, seed: SEED, patience: 60_000 };
      const report = await runCluster(run);
      if (!report) return; // said so: there is no MongoDB
      console.log(report.summary);
      expect(report.violations).toEqual([]);
    },
    120_000 + KILLS * 10_000,
  );
});
