import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Circumstances } from '../evidence.ts';
import { violations } from '../invariants.ts';
import { openLossyWay, type LossyWay } from '../../support/lossy-way.ts';
import { longestWait } from '../time-invariants.ts';
import { random } from './chance.ts';
import { openCluster, type CityPlan, type ClusterCity } from './city.ts';
import { pause, type Fault } from './faults/fault.ts';
import { clusterModel, KEY, SHAPE } from './model.ts';
import { People, type PeopleOptions, type Person } from './people.ts';

export interface ClusterRun extends CityPlan {
  /** Of the log. */
  readonly name: string;
  /** One after the other; `together` makes one of several. */
  readonly faults: readonly Fault[];
  /** Time before the first fault, and on the average between two, ms. */
  readonly pace: number;
  readonly clients: number;
  readonly seed: number;
  /** For how long the rest may take after the last fault, ms. */
  readonly patience: number;
  /** Tasks that nobody touches, and how often their reminder comes (ISO 8601). */
  readonly leaves?: readonly string[];
  readonly remindEvery?: string;
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

const DEPARTMENT = 'housing';
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
  let people: People | undefined;
  let ways: LossyWay[] = [];
  try {
    ways = await Promise.all(city.nodes.map(({ url }) => openLossyWay(url, run.answersLost ?? 0, chance)));
    const urls = run.answersLost === undefined ? city.nodes.map(({ url }) => url) : ways.map(({ url }) => url);
    people = await arrive(city, run, { logFile, chance, urls });
    const begin = Date.now();
    const working = people.work(run.clients);
    working.catch(() => undefined); // awaited below, unless a fault fails
    const done: string[] = [];
    await pause(run.pace);
    for (const fault of run.faults) {
      done.push(await fault(city, run, chance));
      await pause(run.pace * (0.5 + chance()));
    }
    people.rest();
    await working;
    await people.finish(run.patience);
    const cases = await people.finals();
    appendFileSync(logFile, cases.map((each) => `${JSON.stringify({ final: each })}\n`).join(''));
    const judge: Circumstances = {
      calls: city.bureau.calls,
      offMs: 1_000,
      lateMs: 30_000,
      disturbed: city.disturbed,
      storeAway: city.storeAway,
      calm: run.faults.length === 0,
      ...run.judge,
    };
    const found = violations(people.log, cases, SHAPE, judge);
    const wait = Math.max(0, ...cases.map((each) => longestWait(each, SHAPE, judge)));
    const counted = `${people.count('start')} starts, ${people.count('claim')} claims, ${people.count('complete')} completions acknowledged`;
    return {
      violations: [...city.crashes, ...people.troubles, ...found],
      log: logFile,
      answersLost: ways.reduce((sum, way) => sum + way.lost(), 0),
      summary:
        `${run.name}: ${done.join(', ') || 'no fault'}; ${run.nodes} nodes, seed ${run.seed}, ` +
        `${Math.round((Date.now() - begin) / 1000)} s; ` +
        `${city.store}; ` +
        `${counted}, ${people.unanswered()} requests without answer; ${cases.length} cases, ` +
        `${cases.reduce((sum, { history }) => sum + history.length, 0)} events; longest wait while nothing went wrong ${(wait / 1_000).toFixed(1)} s; log: ${logFile}`,
    };
  } finally {
    people?.leave();
    await Promise.all([city.stop(), ...ways.map((way) => way.close())]);
  }
}

async function arrive(
  { nodes, bureau }: ClusterCity,
  { waitMs, leaves, remindEvery }: ClusterRun,
  options: Pick<PeopleOptions, 'logFile' | 'chance' | 'urls'>,
): Promise<People> {
  const { url } = nodes[0]!;
  const [designer, ...handlers] = await Promise.all(
    ['designer-ding', 'handler-wang', 'handler-sun'].map((id) => signIn(url, id)),
  );
  const published = await fetch(`${url}/api/definitions`, {
    method: 'POST',
    headers: { cookie: designer!.cookie, 'content-type': 'application/xml' },
    body: clusterModel(DEPARTMENT, bureau.host, remindEvery),
  });
  if (published.status !== 201) throw new Error(`${KEY} was not published: ${await published.text()}`);
  return new People({ starter: designer!, handlers, waitMs, leaves, ...options });
}

async function signIn(url: string, person: string): Promise<Person> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`${person} cannot sign in: ${answer.status} ${await answer.text()}`);
  return { id: person, cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}
