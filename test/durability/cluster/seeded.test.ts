import { describe, expect, it } from '@jest/globals';
import { runCluster, type ClusterRun } from './run.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Reminders come while nobody completes the task: a late firing would take the next one's place, long before its time. */
const REMINDED: Partial<ClusterRun> = { pace: 10_000, clients: 2, leaves: ['b'], remindEvery: 'PT4S' };

/** Faults seeded into the nodes (seeded-faults.mjs), and what gives each away. The first ones are enough for every day; CLUSTER_SEEDED=all. */
const SEEDED: [string, RegExp, Partial<ClusterRun>?][] = [
  ['no-compare-and-set', /is not chained|not its own|has number|the history does not know it|showed another event/],
  ['early-timer', /fired \d+ ms early/],
  ['unchained-event', /is not chained/],
  ['older-row', /was completed and is (open|claimed)|heard signal \S+ \d times/],
  ['join-twice', /passed 'join' [23] times/],
  ['acknowledge-before-commit', /the history does not know it|was started and is lost/],
  ['no-fencing', /'remind' fired (\d+ ms early|without being armed|\d+ times)/, REMINDED],
  ['sweeper-off', /fired 0 times/],
  ['double-enqueue', /called under 2 different keys/],
  ['lost-variable', /was filled in with .* and is undefined/],
  ['no-de-duplication', /key \S+ was answered 2\d\d .* then (4\d\d|2\d\d)/],
  ['older-record', /read '\S+' in record . after '\S+' was put there/, { pace: 25_000 }],
  ['own-clocks', /is dated \d+ ms off/],
  ['message-to-all', /message \S+ was received by \S+ and \S+/],
  [
    'signal-lost',
    /waited for signal \S+, which was acknowledged, and never heard it/,
    { pace: 8_000, patience: 5_000 },
  ],
  ['lock-ignored', /was taken after the job had gone to/, { pace: 35_000 }],
  ['call-twice', /'survey' opened 2 cases/],
  ['urge-lost', /urge '\S+' was acknowledged, and no history knows it/, { pace: 10_000 }],
  ['hold-lost', /the page of case \S+ shows other holds/, { pace: 10_000 }],
  ['unlisted', /order \S+ is listed otherwise/, { pace: 10_000 }],
  ['unnoted', /order\.\w+ '\S+' of order \S+ is not told of there/, { pace: 10_000 }],
  ['moved-twice', /came to 'inspect' otherwise: 3 instead of 2/, { pace: 10_000 }],
  ['choice-lost', /began 'ask' otherwise than it was chosen/, { pace: 10_000 }],
  ['file-cut', /file \S+ was uploaded and has become another/],
];

describe('the checker finds', () => {
  it.each(process.env.CLUSTER_SEEDED === 'all' ? SEEDED : SEEDED.slice(0, 4))(
    'the seeded fault "%s"',
    async (seeded, sentence, how = {}) => {
      const run = { name: seeded, nodes: 2, faults: [], pace: 4_000, clients: 8, seed: SEED, seeded, patience: 0 };
      const report = await runCluster({ ...run, ...how });
      if (!report) return; // said so: there is no MongoDB
      const found = report.violations.filter((each) => sentence.test(each));
      console.log(`${seeded}: ${found.length} of ${report.violations.length} violations, first: ${found[0]}`);
      expect(found).not.toEqual([]);
    },
    120_000,
  );
});
