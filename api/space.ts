import { createHash } from 'node:crypto';
import type { Config } from './config.ts';

/** What the nodes of one installation have in common: keeps those that share a Redis apart. Tells no password. */
export function spaceOf({ mongodbUri, dataDir }: Pick<Config, 'mongodbUri' | 'dataDir'>): string {
  const database = /^[^/]+\/\/[^/]+\/([^/?]+)/.exec(mongodbUri ?? '')?.[1];
  return database ?? createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
}
