import { describe, expect, it } from '@jest/globals';
import { after } from './faults/after.ts';
import { killNodes } from './faults/kill-nodes.ts';
import { killRedis } from './faults/kill-redis.ts';
import { together } from './faults/together.ts';
import { runCluster } from './run.ts';

/** The long run: CLUSTER_KILLS=200 npm run test:durability -- test/durability/cluster/cluster */
const KILLS = Number(process.env.CLUSTER_KILLS ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const PACE = 500;

describe.each([
  { place: 'three nodes on MongoDB and Redis, of which one', name: 'kills', nodes: 3, embedded: false },
  { place: 'one node on SQLite, which', name: 'kills-sqlite', nodes: 1, embedded: true },
])(`$place is killed ${KILLS} times under load`, ({ name, nodes, embedded }) => {
  it(
    'nothing that was acknowledged is lost, and everything is done once',
    async () => {
      const kills = killNodes(KILLS);
      const faults = [embedded ? kills : together(kills, after((PACE * KILLS) / 2, killRedis()))];
      const run = { name, nodes, embedded, faults, pace: PACE, clients: 8, seed: SEED, patience: 60_000 };
      const report = await runCluster(run);
      if (!report) return; // said so: there is no MongoDB
      console.log(report.summary);
      expect(report.violations).toEqual([]);
    },
    120_000 + KILLS * 10_000,
  );
});
