import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Store } from '../ports.ts';
import { Channel } from './channel.ts';
import type { DriverName } from './driver.ts';
import { refusalOf } from './errors.ts';
import { lockDirectory } from './lock.ts';

export interface SqliteOptions {
  /** Made when missing. Holds store.db, its WAL, store.journal and store.lock. */
  directory: string;
  /** `full` (default): survives a power cut. `process`: survives a killed process only, for bulk loads and tests. */
  durability?: 'full' | 'process';
  /** Only this driver, instead of the first that works here. */
  driver?: DriverName;
}

/**
 * Opens the store in a thread of its own; concurrent commits share one disk sync.
 * Rejections: `store.in_use` (another process has the directory open), `store.no_driver`, `store.version_unknown`,
 * `store.unavailable`.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store & { driver: string }> {
  const directory = resolve(options.directory);
  let release: () => void;
  try {
    mkdirSync(directory, { recursive: true });
    release = lockDirectory(directory, join(directory, 'store.lock'));
  } catch (error) {
    throw refusalOf(error);
  }
  try {
    const sync = options.durability !== 'process';
    const opened = await Channel.open({ directory, sync, ...(options.driver && { driver: options.driver }) });
    void opened.gone.then(release);
    return storeOver(opened.channel, opened.driver);
  } catch (error) {
    release();
    throw error;
  }
}

function storeOver(channel: Channel, driver: string): Store & { driver: string } {
  /** The answers are the JSON of what the port promises. */
  const ask =
    <Name extends keyof Store>(name: Name) =>
    (...args: unknown[]): ReturnType<Extract<Store[Name], (...args: never[]) => unknown>> =>
      channel.call(name, ...args) as ReturnType<Extract<Store[Name], (...args: never[]) => unknown>>;
  return {
    driver,
    description: `SQLite (${driver})`,
    commit: ask('commit'),
    findCase: ask('findCase'),
    listCases: ask('listCases'),
    listEvents: ask('listEvents'),
    findTask: ask('findTask'),
    listTasks: ask('listTasks'),
    listTasksOfCase: ask('listTasksOfCase'),
    countLights: ask('countLights'),
    findJob: ask('findJob'),
    claimDueJobs: ask('claimDueJobs'),
    rescheduleJob: ask('rescheduleJob'),
    nextJobAt: ask('nextJobAt'),
    findSubscriptions: ask('findSubscriptions'),
    listIncidents: ask('listIncidents'),
    findIncident: ask('findIncident'),
    addDefinition: ask('addDefinition'),
    findDefinition: ask('findDefinition'),
    latestDefinition: ask('latestDefinition'),
    listDefinitions: ask('listDefinitions'),
    findReceipt: ask('findReceipt'),
    addReceipt: ask('addReceipt'),
    getDocument: ask('getDocument'),
    putDocument: ask('putDocument'),
    listDocuments: ask('listDocuments'),
    nextNumber: ask('nextNumber'),
    close: () => channel.close(),
  };
}
