import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMongo, type MongoServer } from '../../support/mongo.ts';
import { newDatabase, openNode } from '../../support/mongo-stores.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { freePort } from '../../support/server.ts';

export interface Node {
  readonly url: string;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Resolves when it answers. */
  boot(): Promise<void>;
}

export interface ClusterCity {
  readonly nodes: readonly Node[];
  readonly mongo: MongoServer;
  /** Undefined where redis-server is not installed. */
  readonly redis: RedisServer | undefined;
  /** What nodes that ended by themselves said last. */
  readonly crashes: readonly string[];
  stop(): Promise<void>;
}

const SECRET = 'q8Zc41jWm0xTn72LdVb6Rk93HyPs5Gfa';
const root = resolve(import.meta.dirname, '../../..');

/**
 * Nodes of the built server on one database and one Redis, each on a port of its own. `fault`: the name of a seeded fault
 * (faults.mjs). Undefined where there is no MongoDB.
 */
export async function openCluster(count: number, fault?: string): Promise<ClusterCity | undefined> {
  const mongo = await startMongo();
  if (!mongo) return undefined;
  const redis = await startRedis();
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-cluster-'));
  const uri = await newDatabase(mongo);
  const store = await openNode(uri);
  await store.putDocument('demo', 'seeded', { at: 0, cases: 0 }); // the past of the demo city is not what is tested
  await store.close();

  const crashes: string[] = [];
  const environment = {
    ...process.env,
    NODE_OPTIONS: '',
    MONGODB_URI: uri,
    ONEVISIT_DATA: folder,
    ONEVISIT_SECRET: SECRET,
    ...(redis && { REDIS_URL: redis.url }),
    ...(fault !== undefined && { CLUSTER_FAULT: fault }),
  };
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => newNode(await freePort(), environment, crashes)),
  );
  await Promise.all(nodes.map((node) => node.boot()));
  return {
    nodes,
    mongo,
    redis,
    crashes,
    async stop() {
      await Promise.all(nodes.map((node) => node.kill()));
      await Promise.all([mongo.stop(), redis?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newNode(port: number, environment: NodeJS.ProcessEnv, crashes: string[]): Node {
  const url = `http://127.0.0.1:${port}`;
  const faulty = environment.CLUSTER_FAULT === undefined ? [] : ['--import', join(import.meta.dirname, 'faults.mjs')];
  let child: ChildProcess | undefined;
  return {
    url,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async boot() {
      const own = spawn(process.execPath, [...faulty, 'dist/server/api/main.js'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...environment, PORT: String(port) },
      });
      child = own;
      let said = '';
      own.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
      own.once('exit', (code) => code !== null && crashes.push(`node on ${port} ended with ${code}: ${said}`));
      while (own.exitCode === null && own.signalCode === null) {
        const answer = await fetch(`${url}/api/status`).catch(() => undefined);
        if (answer?.ok) return;
        await new Promise((done) => setTimeout(done, 25));
      }
    },
  };
}
