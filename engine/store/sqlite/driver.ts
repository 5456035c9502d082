import { createRequire } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import type * as Wasm from 'node-sqlite3-wasm';
import { Rejection } from '../../kernel/rejection.ts';

export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

interface Statement {
  run(args: SqlValue[]): { changes: number; rowid: number };
  all(args: SqlValue[]): SqlRow[];
  finalize(): void;
}

/** The one thing drivers must do. Statements are prepared once per SQL text and kept. */
interface Driver {
  readonly name: string;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export type DriverName = 'node:sqlite' | '@photostructure/sqlite' | 'node-sqlite3-wasm';

const ORDER: DriverName[] = ['node:sqlite', '@photostructure/sqlite', 'node-sqlite3-wasm'];

/** First version without the WAL-reset bug (https://sqlite.org/wal.html, "The WAL-Reset Bug"). */
const SAFE_VERSION = [3, 51, 3];

export class Database {
  readonly name: string;
  readonly #driver: Driver;
  readonly #statements = new Map<string, Statement>();

  constructor(driver: Driver) {
    this.#driver = driver;
    this.name = driver.name;
  }

  exec(sql: string): void {
    this.#driver.exec(sql);
  }

  run(sql: string, ...args: SqlValue[]): { changes: number; rowid: number } {
    return this.#statement(sql).run(args);
  }

  get(sql: string, ...args: SqlValue[]): SqlRow | undefined {
    return this.#statement(sql).all(args)[0];
  }

  all(sql: string, ...args: SqlValue[]): SqlRow[] {
    return this.#statement(sql).all(args);
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    this.#driver.close();
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#driver.prepare(sql)));
    return statement;
  }
}

/**
 * Opens the first driver that loads here and carries a safe SQLite; only `wanted` when named.
 * `store.no_driver` (unavailable): none does; `details.tried` says why.
 */
export function openDatabase(file: string, wanted?: DriverName): Database {
  const tried: string[] = [];
  for (const name of wanted ? [wanted] : ORDER) {
    let open: (() => Driver) | undefined;
    try {
      open = name === 'node-sqlite3-wasm' ? loadWasm(file) : loadNative(name, file);
    } catch (error) {
      tried.push(`${name}: ${(error as Error).message}`);
      continue;
    }
    if (open) return new Database(open());
    tried.push(`${name}: its SQLite is older than ${SAFE_VERSION.join('.')}`);
  }
  throw new Rejection(
    'unavailable',
    'store.no_driver',
    `Expected an SQLite driver, but none loads: ${tried.join('; ')}`,
    {
      tried,
    },
  );
}

const require = createRequire(import.meta.url);

function loadNative(name: DriverName, file: string): (() => Driver) | undefined {
  const { DatabaseSync: Native } = require(name) as { DatabaseSync: typeof DatabaseSync };
  const probe = new Native(':memory:');
  const version = String(probe.prepare('SELECT sqlite_version() AS version').get()!.version);
  probe.close();
  if (isOlder(version)) return undefined;
  return () => {
    const database = new Native(file);
    return {
      name: `${name}, SQLite ${version}`,
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          run: (args) => {
            const { changes, lastInsertRowid } = statement.run(...args);
            return { changes: Number(changes), rowid: Number(lastInsertRowid) };
          },
          all: (args) => statement.all(...args) as SqlRow[],
          finalize: () => undefined,
        };
      },
      close: () => database.close(),
    };
  };
}

/** WASM has no shared memory: it runs only with the exclusive lock, which the schema's pragmas ask of every driver. */
function loadWasm(file: string): () => Driver {
  const { Database: Opened } = require('node-sqlite3-wasm') as typeof Wasm;
  return () => {
    const database = new Opened(file);
    // Before anything reads the file: without shared memory a WAL can only be opened exclusively.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const { version } = database.get('SELECT sqlite_version() AS version') as { version: string };
    return {
      name: `node-sqlite3-wasm, SQLite ${version}`,
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          run: (args) => {
            const { changes, lastInsertRowid } = statement.run(args);
            return { changes, rowid: Number(lastInsertRowid) };
          },
          // Its get() leaves the statement open and pins the WAL, which then never shrinks.
          all: (args) => statement.all(args) as SqlRow[],
          // An open statement keeps its lock directory after close.
          finalize: () => statement.finalize(),
        };
      },
      close: () => database.close(),
    };
  };
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [i, wanted] of SAFE_VERSION.entries()) {
    if (parts[i] !== wanted) return (parts[i] ?? 0) < wanted;
  }
  return false;
}
