import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Circumstances } from '../evidence.ts';
import { violations } from '../invariants.ts';
import { OPERATIONS, type Operation } from '../operations.ts';
import { random } from '../../support/chance.ts';
import { openLossyWay, type LossyWay } from '../../support/lossy-way.ts';
import { longestWait } from '../time-invariants.ts';
import { openCluster, type CityPlan } from './city.ts';
import { gather, type Crowd, type CrowdPlan } from './crowd.ts';
import { pause, type Fault } from './faults/fault.ts';
import { SHAPES } from './shapes.ts';

export interface ClusterRun extends CityPlan, CrowdPlan {
  /** Of the log. */
  readonly name: string;
  /** One after the other; `together` makes one of several. */
  readonly faults: readonly Fault[];
  /** Time before the first fault, and on the average between two, ms. */
  readonly pace: number;
  readonly seed: number;
  /** After the last fault: how long nobody may complete a task before it is judged what has not ended, ms. */
  readonly patience: number;
  /** The share of answers that are lost on the way to the people, from 0 to 1. */
  readonly answersLost?: number;
  /** How long people wait for an answer before they ask again, ms. */
  readonly waitMs?: number;
  /** Where it is judged otherwise than strictly: 30 s late, dates a second off, no call twice without a fault. */
  readonly judge?: Circumstances;
}

export interface ClusterReport {
  readonly violations: readonly string[];
  readonly summary: string;
  /** Answers that did not reach the people because they were lost on the way. */
  readonly answersLost: number;
  readonly log: string;
}

const logs = resolve(import.meta.dirname, '../../../.cache/durability');

/**
 * Lets people work on a city of nodes while things go wrong, waits until every case has ended, and judges by what they
 * were answered. Undefined where there is no MongoDB.
 */
export async function runCluster(run: ClusterRun): Promise<ClusterReport | undefined> {
  const city = await openCluster(run);
  if (!city) return undefined;
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `cluster-${run.name}-${run.seed}.jsonl`);
  writeFileSync(logFile, '');
  const chance = random(run.seed);
  let crowd: Crowd | undefined;
  let ways: LossyWay[] = [];
  try {
    ways = await Promise.all(city.nodes.map(({ url }) => openLossyWay(url, run.answersLost ?? 0, chance)));
    const urls = run.answersLost === undefined ? city.nodes.map(({ url }) => url) : ways.map(({ url }) => url);
    crowd = await gather(city, run, { logFile, chance, urls, waitMs: run.waitMs });
    const { caller } = crowd;
    const begin = Date.now();
    const working = crowd.work();
    working.catch(() => undefined); // awaited below, unless a fault fails
    const done: string[] = [];
    await pause(run.pace);
    for (const fault of run.faults) {
      done.push(await fault(city, run, chance));
      await pause(run.pace * (0.5 + chance()));
    }
    await crowd.finish(run.patience);
    await working;
    const cases = await crowd.finals();
    const lists = await crowd.lists();
    const lines = [...city.errors.map((error) => ({ error })), ...cases.map((final) => ({ final })), { lists }];
    appendFileSync(logFile, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const judge: Circumstances = {
      calls: city.bureau.calls,
      lists,
      offMs: 1_000,
      lateMs: 30_000,
      disturbed: city.disturbed,
      storeAway: city.storeAway,
      calm: run.faults.length === 0,
      ...run.judge,
    };
    const found = violations(caller.log, cases, SHAPES, judge);
    const wait = Math.max(0, ...cases.map((each) => longestWait(each, SHAPES[each.process]!, judge)));
    const counted = (
      [
        ['start', 'starts'],
        ['claim', 'claims'],
        ['complete', 'completions'],
        ['message', 'messages'],
        ['signal', 'signals'],
        ['report', 'results of workers'],
      ] as const
    ).map(([verb, what]) => `${caller.count(verb)} ${what}`);
    const others = ['unclaim', 'upload', 'publish', 'calendar', ...(Object.keys(OPERATIONS) as Operation[])] as const;
    return {
      violations: [...city.crashes, ...caller.troubles, ...found],
      log: logFile,
      answersLost: ways.reduce((sum, way) => sum + way.lost(), 0),
      summary:
        `${run.name}: ${done.join(', ') || 'no fault'}; ${run.nodes} nodes, seed ${run.seed}, ` +
        `${Math.round((Date.now() - begin) / 1000)} s; ` +
        `${city.store}; ` +
        `${counted.join(', ')}, ${others.map((verb) => `${caller.count(verb)} × ${verb}`).join(', ')} acknowledged, ${caller.unanswered()} requests without answer; ${cases.length} cases, ` +
        `${cases.reduce((sum, { history }) => sum + history.length, 0)} events; longest wait while nothing went wrong ${(wait / 1_000).toFixed(1)} s; log: ${logFile}`,
    };
  } finally {
    crowd?.caller.leave();
    await Promise.all([city.stop(), ...ways.map((way) => way.close())]);
  }
}
