import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../engine/kernel/clock.ts';
import { connect } from '../../engine/store/mongo/driver.ts';
import { createIndexes, openMongoStore } from '../../engine/store/mongo/index.ts';
import type { DriverName } from '../../engine/store/sqlite/driver.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { startMongo } from '../support/mongo.ts';
import { measureBoard, type Board } from './board.ts';
import { fillMongo } from './board-mongo.ts';
import { fillSqlite } from './board-sqlite.ts';
import { timed } from './measure.ts';

/*
 * The board over a million open cases in a SQLite store; with MONGODB_URI in that server instead.
 * npm run bench board; BOARD_CASES and BOARD_DRIVER change what is measured
 * The rows are written straight into the tables as the store itself would write them.
 */

const BOARD: Board = { cases: Number(process.env.BOARD_CASES ?? 1_000_000), departments: 30 };
const DRIVER = process.env.BOARD_DRIVER as DriverName | undefined;

if (process.env.BOARD_FILL) {
  fillSqlite(process.env.BOARD_FILL, BOARD, DRIVER);
  process.exit();
}
await (process.env.MONGODB_URI ? onMongo() : onSqlite());

async function onSqlite(): Promise<void> {
  const directory = mkdtempSync(join(process.env.BENCH_DIRECTORY ?? '.', 'board-bench-'));
  try {
    // in a process of its own, so that its lock on the file is gone
    const env = { ...process.env, BOARD_FILL: directory };
    const filled = await timed(async () => execFileSync(process.execPath, [process.argv[1]!], { env }));
    const megabytes = statSync(join(directory, 'store.db')).size / 2 ** 20;
    const store = await openSqliteStore({ directory, ...(DRIVER && { driver: DRIVER }) });
    await measureBoard(
      store,
      BOARD,
      `${store.driver}, file ${Math.round(megabytes)} MB, filled in ${Math.round(filled / 1000)} s`,
    );
    await store.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function onMongo(): Promise<void> {
  const server = (await startMongo())!;
  const uri = server.uri(`onevisit-bench-board-${process.pid}`);
  try {
    const filled = await timed(() => fillMongo(uri, BOARD));
    const indexed = await timed(() => createIndexes(uri));
    const store = await openMongoStore({ uri, healEvery: 0, clock: systemClock });
    const seconds = [filled, indexed].map((ms) => Math.round(ms / 1000));
    await measureBoard(store, BOARD, `${store.description}, filled in ${seconds[0]} s, indexes in ${seconds[1]} s`);
    await store.close();
  } finally {
    const connection = await connect({ uri, patient: true });
    await connection.db!.dropDatabase();
    await connection.close();
    await server.stop();
  }
}
