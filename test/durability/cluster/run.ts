import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { violations } from '../invariants.ts';
import { openCluster, type ClusterCity } from './city.ts';
import { clusterModel, KEY, ONCE, TASKS } from './model.ts';
import { People, type Person } from './people.ts';

export interface ClusterRun {
  readonly nodes: number;
  readonly kills: number;
  /** Time before the first kill, and on the average between two, ms. */
  readonly pace: number;
  readonly clients: number;
  readonly seed: number;
  readonly fault?: string;
  /** For how long the rest may take after the last kill, ms. */
  readonly patience: number;
}

export interface ClusterReport {
  readonly violations: readonly string[];
  readonly summary: string;
  readonly log: string;
}

const DEPARTMENT = 'housing';
const logs = resolve(import.meta.dirname, '../../../.cache/durability');

/**
 * Lets people work on a city of nodes while nodes are killed at random and Redis once, waits until every case has ended, and
 * judges by what they were answered. Undefined where there is no MongoDB.
 */
export async function runCluster(run: ClusterRun): Promise<ClusterReport | undefined> {
  const city = await openCluster(run.nodes, run.fault);
  if (!city) return undefined;
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `cluster-${run.fault ?? 'sound'}-${run.seed}.jsonl`);
  writeFileSync(logFile, '');
  const chance = random(run.seed);
  let people: People | undefined;
  try {
    people = await arrive(city, logFile, chance);
    const begin = Date.now();
    const working = people.work(run.clients);
    working.catch(() => undefined); // awaited below, unless the killing fails
    await killNodes(city, run, chance);
    people.rest();
    await working;
    await people.finish(run.patience);
    const cases = await people.finals();
    const found = violations(people.log, cases, { tasks: TASKS, once: ONCE, timers: ['pause'] });
    const counted = `${people.count('start')} starts, ${people.count('claim')} claims, ${people.count('complete')} completions acknowledged`;
    return {
      violations: [...city.crashes, ...people.troubles, ...found],
      log: logFile,
      summary:
        `${run.kills} kills among ${run.nodes} nodes, seed ${run.seed}, ${Math.round((Date.now() - begin) / 1000)} s; ` +
        `MongoDB: ${city.mongo.description}; Redis: ${city.redis ? 'killed once' : 'none'}; ` +
        `${counted}, ${people.unanswered()} requests without answer; ${cases.length} cases, ` +
        `${cases.reduce((sum, { history }) => sum + history.length, 0)} events; log: ${logFile}`,
    };
  } finally {
    people?.leave();
    await city.stop();
  }
}

async function arrive({ nodes }: ClusterCity, logFile: string, chance: () => number): Promise<People> {
  const urls = nodes.map(({ url }) => url);
  const [designer, ...handlers] = await Promise.all(
    ['designer-ding', 'handler-wang', 'handler-sun'].map((id) => signIn(urls[0]!, id)),
  );
  const published = await fetch(`${urls[0]}/api/definitions`, {
    method: 'POST',
    headers: { cookie: designer!.cookie, 'content-type': 'application/xml' },
    body: clusterModel(DEPARTMENT),
  });
  if (published.status !== 201) throw new Error(`${KEY} was not published: ${await published.text()}`);
  return new People({ urls, starter: designer!, handlers, logFile, chance });
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

/** Any node at any time, now and then until none is left; Redis once, in the middle, and it comes back empty. */
async function killNodes({ nodes, redis }: ClusterCity, run: ClusterRun, chance: () => number): Promise<void> {
  const booting = new Map<number, Promise<void>>();
  await new Promise((done) => setTimeout(done, run.pace));
  for (let kill = 1; kill <= run.kills; kill++) {
    if (booting.size >= nodes.length - 1 && (booting.size === nodes.length || chance() < 0.8))
      await Promise.race(booting.values());
    let victim = Math.floor(chance() * nodes.length);
    while (booting.has(victim)) victim = (victim + 1) % nodes.length;
    await nodes[victim]!.kill();
    booting.set(
      victim,
      nodes[victim]!.boot().finally(() => booting.delete(victim)),
    );
    if (redis && kill === Math.ceil(run.kills / 2)) await redis.kill().then(() => redis.boot());
    await new Promise((done) => setTimeout(done, run.pace * (0.5 + chance())));
  }
  await Promise.all(booting.values());
}

/** Mulberry32: the same draws for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
