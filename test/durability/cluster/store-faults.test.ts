import { describe, expect, it } from '@jest/globals';
import { after } from './faults/after.ts';
import { flushRedis } from './faults/flush-redis.ts';
import { killMongo } from './faults/kill-mongo.ts';
import { killRedis } from './faults/kill-redis.ts';
import { cutAfter, cutBefore, delayRequests, holdAnswers, notPrimary } from './faults/mishaps.ts';
import { partNode } from './faults/part-node.ts';
import { primaryOf, stepDown } from './faults/step-down.ts';
import { together } from './faults/together.ts';
import { notTested } from '../../support/not-tested.ts';
import { runCluster, type ClusterRun } from './run.ts';

/** The long run: CLUSTER_STORE_ROUNDS=10 npm run test:durability -- test/durability/cluster/store-faults */
const ROUNDS = Number(process.env.CLUSTER_STORE_ROUNDS ?? 0);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const LONG = ROUNDS > 0;

/** In the short run nodes are less patient, so that nobody has to wait; in the long run they are as they are. */
const doors = LONG ? '' : 'serverSelectionTimeoutMS=3000&socketTimeoutMS=3000';
const heldMs = LONG ? 30_000 : 5_000;
const forMs = LONG ? 10_000 : 1_000;
const apartMs = LONG ? 30_000 : 4_000;

const ROUND = [
  cutBefore(0.05, forMs),
  cutAfter(0.05, forMs),
  notPrimary(0.05, forMs),
  together(holdAnswers(0.03, forMs, heldMs), after(forMs + 500, delayRequests(0.03, forMs, heldMs))),
  partNode('refused', apartMs),
  partNode('silent', apartMs),
  together(after(500, flushRedis(2)), killMongo(2)),
  together(killRedis(1_000), cutAfter(0.05, forMs)),
];

const common: Omit<ClusterRun, 'name' | 'faults'> = {
  nodes: 3,
  pace: 500,
  clients: 8,
  seed: SEED,
  patience: 60_000,
  durable: true,
};

async function judged(run: ClusterRun): Promise<void> {
  const report = await runCluster(run);
  if (!report) return; // said so: there is no MongoDB
  console.log(report.summary);
  expect(report.violations).toEqual([]);
}

describe('three nodes whose MongoDB and Redis fail under load', () => {
  it(
    'lose nothing they have acknowledged, do everything once, and go on by themselves',
    async () => {
      const faults = Array.from({ length: Math.max(1, ROUNDS) }, () => ROUND).flat();
      await judged({ ...common, name: 'store-faults', faults, doors });
    },
    180_000 + ROUNDS * 300_000,
  );

  const replicaSet = process.env.MONGODB_URI !== undefined;
  (replicaSet ? it : it.skip)(
    'also when the primary steps down (needs the replica set of MONGODB_URI)',
    async () => {
      if ((await primaryOf(process.env.MONGODB_URI!)) === undefined)
        return notTested('stepping down, the server of MONGODB_URI is no replica set');
      await judged({ ...common, name: 'step-down', faults: [stepDown(Math.max(2, ROUNDS))] });
    },
    300_000 + ROUNDS * 60_000,
  );
});
