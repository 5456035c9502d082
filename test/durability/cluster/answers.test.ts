import { describe, expect, it } from '@jest/globals';
import { runCluster } from './run.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe('two nodes, of whose answers a third is lost on the way', () => {
  it('do what is asked again with its key once, and answer it as before', async () => {
    const report = await runCluster({
      name: 'answers',
      nodes: 2,
      faults: [],
      answersLost: 0.33,
      pace: 5_000,
      clients: 6,
      seed: SEED,
      patience: 60_000,
    });
    if (!report) return; // said so: there is no MongoDB
    console.log(`${report.answersLost} answers lost; ${report.summary}`);
    expect(report.violations).toEqual([]);
    expect(report.answersLost).toBeGreaterThan(20);
  }, 180_000);
});
