import { afterAll, describe, expect, it } from '@jest/globals';
import { failpoints } from './faults/failpoints.ts';
import { killNodes } from './faults/kill-nodes.ts';
import { runCluster } from './run.ts';

/** The long run: CLUSTER_HITS=20 npm run test:durability -- test/durability/cluster/resume */
const HITS = Number(process.env.CLUSTER_HITS ?? 2);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe.each([
  { place: 'three nodes on MongoDB and Redis', nodes: 3, embedded: false },
  { place: 'one node on SQLite, started again', nodes: 1, embedded: true },
])('the work of a node that dies: $place', ({ nodes, embedded }) => {
  const points = failpoints({ does: 'die', hits: HITS, nodes });
  afterAll(points.forget);

  it(
    'is done within 15 s, and once',
    async () => {
      const faults = [points.fault, killNodes(2)];
      const { environment } = points;
      const name = embedded ? 'resume-sqlite' : 'resume';
      const run = { name, nodes, embedded, faults, environment, pace: 300, clients: 4, seed: SEED, patience: 60_000 };
      const report = await runCluster({ ...run, judge: { lateMs: 15_000 } });
      if (!report) return; // said so: there is no MongoDB
      console.log(report.summary);
      expect(report.violations).toEqual([]);
      expect(Math.min(...points.counts())).toBeGreaterThanOrEqual(HITS);
    },
    400_000 + HITS * 20_000,
  );
});
