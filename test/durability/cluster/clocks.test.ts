import { describe, expect, it } from '@jest/globals';
import { setClocks } from './faults/set-clocks.ts';
import { runCluster } from './run.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const HOUR = 3_600_000;

describe('three nodes, one on a machine whose clock is an hour fast, one an hour slow', () => {
  it('fire nothing early, lose nothing, take no lease away and date everything right', async () => {
    const ahead = [0, HOUR, -HOUR];
    const report = await runCluster({
      name: 'clocks',
      nodes: 3,
      faults: [setClocks(1, 2)],
      environment: (node) => ({ CLUSTER_CLOCK_AHEAD_MS: String(ahead[node]) }),
      pace: 3_000,
      clients: 6,
      seed: SEED,
      patience: 60_000,
      judge: { calm: true, lateMs: 15_000 },
    });
    if (!report) return; // said so: there is no MongoDB
    console.log(report.summary);
    expect(report.violations).toEqual([]);
  }, 180_000);
});
