import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../engine/store/sqlite/index.ts';
import { startMongo, type MongoServer } from '../../support/mongo.ts';
import { newDatabase, openNode } from '../../support/mongo-stores.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { freePort } from '../../support/server.ts';
import type { StoreAway } from '../store-away.ts';
import { openDoors, type Doors } from './doors.ts';
import { openBureau, type Bureau } from './bureau.ts';
import { newNode, type Node } from './node.ts';

export interface ClusterCity {
  readonly nodes: readonly Node[];
  readonly mongo: MongoServer;
  /** Undefined where redis-server is not installed. */
  readonly redis: RedisServer | undefined;
  /** Where the cases are, for the report. */
  readonly store: string;
  /** Each node's own way to MongoDB, where the plan asks for it. */
  readonly doors: Doors | undefined;
  /** When nodes did not reach MongoDB: faults say so. */
  readonly storeAway: StoreAway[];
  readonly bureau: Bureau;
  /** What nodes that ended by themselves said last. */
  readonly crashes: readonly string[];
  /** What nodes logged as errors of their own. */
  readonly errors: readonly string[];
  /** When something went wrong, and when it came right. */
  readonly disturbed: number[];
  stop(): Promise<void>;
}

export interface CityPlan {
  readonly nodes: number;
  /** The embedded store instead of MongoDB and Redis: one node. */
  readonly embedded?: boolean | undefined;
  /** The name of a fault that is built into the nodes (seeded-faults.mjs). */
  readonly seeded?: string | undefined;
  /** Options of each node's address of MongoDB; a proxy stands on its way (doors.ts). */
  readonly doors?: string | undefined;
  /** What MongoDB has acknowledged outlives its kill. */
  readonly durable?: boolean | undefined;
  /** Of one node, beside what all have in common. */
  readonly environment?: ((node: number) => Readonly<Record<string, string>>) | undefined;
}

const SECRET = 'q8Zc41jWm0xTn72LdVb6Rk93HyPs5Gfa';

/**
 * Nodes of the built server on one database and one Redis, or one node on its own store, each on a port of its own.
 * Undefined where there is no MongoDB.
 */
export async function openCluster(plan: CityPlan): Promise<ClusterCity | undefined> {
  const mongo = plan.embedded ? NO_MONGO : await startMongo({ durable: plan.durable === true });
  if (!mongo) return undefined;
  const redis = plan.embedded ? undefined : await startRedis();
  const bureau = await openBureau();
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-cluster-'));
  const uri = plan.embedded ? undefined : await newDatabase(mongo);
  const store = uri === undefined ? await openSqliteStore({ directory: folder }) : await openNode(uri);
  await store.putDocument('demo', 'seeded', { at: 0, cases: 0 }); // the past of the demo city is not what is tested
  await store.close();

  const doors = plan.doors === undefined ? undefined : await openDoors(uri!, plan.nodes, plan.doors);
  const crashes: string[] = [];
  const errors: string[] = [];
  const disturbed: number[] = [];
  const common = {
    ...process.env,
    NODE_OPTIONS: '',
    ONEVISIT_DATA: folder,
    ONEVISIT_SECRET: SECRET,
    ONEVISIT_HTTP_HOSTS: bureau.host,
    MONGODB_URI: uri ?? '',
    ...(redis && { REDIS_URL: redis.url }),
    ...(plan.seeded !== undefined && { CLUSTER_FAULT: plan.seeded }),
  };
  const nodes = await Promise.all(
    Array.from({ length: plan.nodes }, async (_, node) =>
      newNode(
        await freePort(),
        { ...common, ...doors?.environment(node), ...plan.environment?.(node) },
        { crashes, errors, disturbed },
      ),
    ),
  );
  await Promise.all(nodes.map((node) => node.boot()));
  return {
    nodes,
    mongo,
    redis,
    store: plan.embedded ? 'SQLite' : `MongoDB: ${mongo.description}; Redis: ${redis ? 'of its own' : 'none'}`,
    doors,
    storeAway: [],
    bureau,
    crashes,
    errors,
    disturbed,
    async stop() {
      await Promise.all(nodes.map((node) => node.kill()));
      await Promise.all([doors?.close(), mongo.stop(), redis?.stop(), bureau.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Faults of MongoDB have nothing to do there. */
const NO_MONGO: MongoServer = {
  kind: 'stand-in',
  description: 'none',
  uri: () => '',
  stop: () => Promise.resolve(),
};
