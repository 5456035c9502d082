import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolder } from '../../kernel/folders.ts';
import { isRejection } from '../../kernel/rejection.ts';
import type { Store } from '../ports.ts';
import { commitText } from './commit-text.ts';
import type { DriverName } from './driver.ts';
import { refusalOf } from './errors.ts';
import { connectInline } from './inline.ts';
import { unavailableRejection } from '../refusals.ts';
import { lockDirectory } from './lock.ts';
import { NewestDefinitions } from './newest-definitions.ts';
import { Numbers } from './numbers.ts';
import { RecentRows } from './recent-rows.ts';
import { connectThread, type Connection } from './thread.ts';

export interface SqliteOptions {
  /** Made when missing. Holds store.db, its WAL, store.journal and store.lock. */
  directory: string;
  /** `full` (default): survives a power cut. `process`: survives a killed process only, for bulk loads and tests. */
  durability?: 'full' | 'process';
  /** Only this driver, instead of the first that works here. */
  driver?: DriverName;
  /** False: in the calling thread, whose event loop then waits for every disk sync. For tools and tests. */
  thread?: boolean;
  /** Cases whose rows are remembered on the calling side, 2,000 by default. */
  remembered?: number;
}

const REMEMBERED = 2_000;

export interface SqliteStore extends Store {
  readonly driver: string;
  /**
   * From when it resolves until `release`, the file `store.db` holds everything that was acknowledged before the call and
   * does not change: copy it. Work goes on meanwhile.
   */
  hold(): Promise<void>;
  release(): Promise<void>;
}

const HOLD_TRIES = 250;
const HOLD_AGAIN_MS = 20;
/** A killed process takes a moment to let go of its files. */
const PATIENCE_MS = 1500;

/**
 * Opens the store in a thread of its own; concurrent commits share one disk sync.
 * Rejections: `store.in_use` (another process has the directory open), `store.no_driver`, `store.version_unknown`,
 * `store.unavailable`.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<SqliteStore> {
  for (const patience = performance.now() + PATIENCE_MS; ; await setTimeout(50)) {
    try {
      return await openOnce(options);
    } catch (error) {
      const inUse = isRejection(error, 'store.in_use') && error.details.pid !== process.pid;
      if (!inUse || performance.now() > patience) throw refusalOf(error);
    }
  }
}

async function openOnce(options: SqliteOptions): Promise<SqliteStore> {
  const directory = resolve(options.directory);
  await makeFolder(directory);
  const release = lockDirectory(directory, join(directory, 'store.lock'));
  try {
    const sync = options.durability !== 'process';
    const session = { directory, sync, ...(options.driver && { driver: options.driver }) };
    const connection = options.thread === false ? connectInline(session) : await connectThread(session);
    return storeOver(connection, new RecentRows(options.remembered ?? REMEMBERED), connection.gone.then(release));
  } catch (error) {
    release();
    throw error;
  }
}

function storeOver(
  { channel, commit, driver, close }: Connection,
  rows: RecentRows,
  released: Promise<void>,
): SqliteStore {
  const numbers = new Numbers(channel);
  const newest = new NewestDefinitions();
  /** The answers are the JSON of what the port promises. */
  const ask =
    <Name extends keyof Store>(name: Name) =>
    (...args: unknown[]): ReturnType<Extract<Store[Name], (...args: never[]) => unknown>> =>
      channel.call(name, ...args) as ReturnType<Extract<Store[Name], (...args: never[]) => unknown>>;
  const [findCase, listCases] = [ask('findCase'), ask('listCases')];
  const [findTask, listTasksOfCase] = [ask('findTask'), ask('listTasksOfCase')];
  const [addDefinition, latestDefinition] = [ask('addDefinition'), ask('latestDefinition')];
  /** What is remembered counts while the store is open, and is asked for otherwise. */
  const known = <Row>(row: Row | undefined) => (row && !channel.ended ? Promise.resolve(row) : undefined);
  return {
    driver,
    description: `SQLite (${driver})`,
    commit: async (change) => {
      const text = commitText(change);
      const result = await commit(change, text.operation);
      if (result === 'ok') rows.written(change, text);
      return result;
    },
    commitRecords: ask('commitRecords'),
    findCase: (id) => known(rows.findCase(id)) ?? findCase(id),
    listCases: (query) => known(rows.calledNone(query.parent ?? '') ? [] : undefined) ?? listCases(query),
    listOverdueCases: ask('listOverdueCases'),
    countActiveCases: ask('countActiveCases'),
    listEvents: ask('listEvents'),
    findTask: (id) => known(rows.findTask(id)) ?? findTask(id),
    listTasks: ask('listTasks'),
    listTasksOfCase: (id) => known(rows.listTasksOfCase(id)) ?? listTasksOfCase(id),
    countLights: ask('countLights'),
    countCases: ask('countCases'),
    findJob: ask('findJob'),
    claimDueJobs: ask('claimDueJobs'),
    rescheduleJob: ask('rescheduleJob'),
    nextJobAt: ask('nextJobAt'),
    findSubscriptions: ask('findSubscriptions'),
    findMessage: ask('findMessage'),
    listIncidents: ask('listIncidents'),
    findIncident: ask('findIncident'),
    addDefinition: (row, ...rest) => newest.publish(row.key, () => addDefinition(row, ...rest)),
    findDefinition: ask('findDefinition'),
    latestDefinition: (key) => (channel.ended ? latestDefinition(key) : newest.find(key, () => latestDefinition(key))),
    listDefinitions: ask('listDefinitions'),
    findReceipt: ask('findReceipt'),
    addReceipt: ask('addReceipt'),
    getDocument: ask('getDocument'),
    putDocument: ask('putDocument'),
    listDocuments: ask('listDocuments'),
    findDocuments: ask('findDocuments'),
    nextNumber: (counter) => numbers.next(counter),
    async hold() {
      for (let tries = 0; (await channel.call('hold')) !== true; tries++) {
        if (tries >= HOLD_TRIES) throw unavailableRejection('it could not be brought to rest for a copy');
        await setTimeout(HOLD_AGAIN_MS);
      }
    },
    release: async () => void (await channel.call('release')),
    close: async () => {
      // What cannot be given back is skipped.
      await numbers.giveBack().catch(() => undefined);
      await close();
      await released;
    },
  };
}
