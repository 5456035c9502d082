import { afterAll, describe, expect, it } from '@jest/globals';
import { failpoints } from './faults/failpoints.ts';
import { freezeNode } from './faults/freeze-node.ts';
import { runCluster } from './run.ts';

/** The long run: CLUSTER_HITS=20 npm run test:durability -- test/durability/cluster/zombies */
const HITS = Number(process.env.CLUSTER_HITS ?? 2);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
// who stands still takes requests and answers none: people soon ask another
const common = { nodes: 3, pace: 300, clients: 8, seed: SEED, patience: 60_000, waitMs: 1_500 };

describe('a node that stands still for longer than its leases, and then goes on', () => {
  const points = failpoints({ does: 'freeze', hits: HITS, nodes: 3, stillMs: 3_000 });
  afterAll(points.forget);

  it(
    `between any two steps of its work, ${HITS} times each: nothing is lost, or done twice`,
    async () => {
      const environment = () => ({ ...points.environment(), CLUSTER_LEASE_MS: '2000' });
      const report = await runCluster({ ...common, name: 'zombies', faults: [points.fault], environment });
      if (!report) return; // said so: there is no MongoDB
      console.log(report.summary);
      expect(report.violations).toEqual([]);
      expect(Math.min(...points.counts())).toBeGreaterThanOrEqual(HITS);
    },
    400_000 + HITS * 20_000,
  );

  it('at any moment, with leases as they are', async () => {
    const report = await runCluster({ ...common, name: 'zombie', faults: [freezeNode(12_000)] });
    if (!report) return;
    console.log(report.summary);
    expect(report.violations).toEqual([]);
  }, 180_000);
});
