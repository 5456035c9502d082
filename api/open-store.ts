import type { SqliteStore } from '../engine/store/sqlite/index.ts';
import type { Store } from '../engine/store/ports.ts';
import { refuseCutOff } from './backup/restore-backup.ts';
import type { Config } from './config.ts';

/** The embedded store of a data folder; its driver is loaded only then. Refused where a restore was cut off. */
export async function openEmbeddedStore(directory: string): Promise<SqliteStore> {
  await refuseCutOff(directory);
  const { openSqliteStore } = await import('../engine/store/sqlite/index.ts');
  return openSqliteStore({ directory });
}

/** The store that is configured, for a command beside the server. */
export async function openConfiguredStore({
  mongodbUri,
  dataDir,
}: Pick<Config, 'mongodbUri' | 'dataDir'>): Promise<Store> {
  if (mongodbUri === undefined) return openEmbeddedStore(dataDir);
  const { openMongoStore } = await import('../engine/store/mongo/index.ts');
  return openMongoStore({ uri: mongodbUri });
}
