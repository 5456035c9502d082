import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LIGHTS } from '../../engine/time/index.ts';
import { openDatabase, type DriverName } from '../../engine/store/sqlite/driver.ts';
import { prepareSchema } from '../../engine/store/sqlite/schema.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { NINE } from '../support/stores.ts';
import { table, timed } from './measure.ts';

/*
 * The counts of the board over a million open cases, each with an open task, in a SQLite store.
 * npm run bench board; BOARD_CASES and BOARD_DRIVER change what is measured
 * The rows are written straight into the tables as the store itself would write them (but shorter), all with a promise
 * and a statutory limit: a tenth past each of yellow, red and deep red, a twentieth held, a twentieth without a limit.
 */

const CASES = Number(process.env.BOARD_CASES ?? 1_000_000);
const DRIVER = process.env.BOARD_DRIVER as DriverName | undefined;
const DEPARTMENTS = 30;
const DAY = 86_400_000;
const NEVER = Number.MAX_SAFE_INTEGER;
const ROUNDS = 31;

if (process.env.BOARD_FILL) {
  fill(process.env.BOARD_FILL);
  process.exit();
}

const directory = mkdtempSync(join(process.env.BENCH_DIRECTORY ?? '.', 'board-bench-'));
try {
  // in a process of its own, so that its lock on the file is gone
  const env = { ...process.env, BOARD_FILL: directory };
  const seconds = (await timed(async () => execFileSync(process.execPath, [process.argv[1]!], { env }))) / 1000;
  const megabytes = statSync(join(directory, 'store.db')).size / 2 ** 20;
  const store = await openSqliteStore({ directory, ...(DRIVER && { driver: DRIVER }) });
  const lights = await store.countLights(NINE);
  const cases = await store.countCases(NINE);
  const sum = (light: (typeof LIGHTS)[number]) => lights.reduce((total, row) => total + row[light], 0);
  const wrong = LIGHTS.filter((light) => sum(light) !== cases[light]);
  if (wrong.length > 0 || lights.length !== DEPARTMENTS)
    throw new Error(`Expected one task for each case, but ${wrong.join(', ')} differ in ${lights.length} departments`);

  const rows: (string | number)[][] = [];
  const measured = async (name: string, once: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timed(once));
    times.sort((a, b) => a - b);
    rows.push([name, times[times.length >> 1]!, times[Math.floor(times.length * 0.95)]!]);
  };
  await measured('both counts: the whole board', () => Promise.all([store.countLights(NINE), store.countCases(NINE)]));
  await measured(`tasks of ${DEPARTMENTS} departments`, () => store.countLights(NINE));
  await measured('cases', () => store.countCases(NINE));
  for (const light of LIGHTS) {
    await measured(`first 20 cases: ${light}`, () => store.listCases({ light, now: NINE, limit: 20 }));
    await measured(`first 20 tasks of a department: ${light}`, () =>
      store.listTasks({ department: '部门7', status: 'unfinished', light, now: NINE, limit: 20 }),
    );
  }
  const shown = LIGHTS.map((light) => `${light} ${cases[light]}`).join(', ');
  console.log(
    `\n${CASES} cases (${shown}), ${store.driver}, file ${Math.round(megabytes)} MB, filled in ${Math.round(seconds)} s`,
  );
  table('The board', ['what', 'median ms', 'p95 ms'], rows);
  await store.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** The n-th case: its clock as columns, `edgesOf` in SQL. */
function fill(into: string): void {
  const database = openDatabase(join(into, 'store.db'), DRIVER);
  prepareSchema(database);
  const [day, now] = [DAY, NINE];
  database.exec('BEGIN');
  database.exec(`
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CASES})
  SELECT i, (i * 7919) % 1000 AS r, 60000 * ((i * 104729) % 1440) AS m FROM n;
CREATE TEMP TABLE c AS SELECT i, ${now} - 90 * ${day} + i * 7 AS started,
  CASE WHEN r < 50 THEN 3 WHEN r < 100 THEN 2 ELSE 1 END AS clock,
  CASE WHEN r < 100 THEN NULL WHEN r < 200 THEN ${now} - 20 * ${day} + m WHEN r < 300 THEN ${now} - 5 * ${day} + m
    WHEN r < 400 THEN ${now} + ${day} + m ELSE ${now} + 9 * ${day} + m END AS due
  FROM n;
INSERT INTO cases(no, id, rev, started_at, status, definition_key, applicant, number, title, clock, yellow_at, due_at,
    statutory_at, row)
  SELECT i, printf('case-%08d', i), 1, started, 'active', 'second-hand-home', 'applicant-' || (i % 5000),
    printf('BX-2026-%07d', i), '存量房交易 · 演示路 ' || i || ' 号', clock, due - 3 * ${day}, due, due + 15 * ${day},
    json_object('id', printf('case-%08d', i), 'number', printf('BX-2026-%07d', i), 'status', 'active') FROM c;
INSERT INTO tasks(no, id, department, row, clock, yellow, due, statutory)
  SELECT i * 4194304, printf('case-%08d.1', i), '部门' || (i % ${DEPARTMENTS}),
    json_object('id', printf('case-%08d.1', i), 'status', 'open'), clock, due - 3 * ${day}, due, due + 15 * ${day} FROM c;
INSERT INTO task_lists(finished, name, due, id, role, status, yellow, task_no, clock, statutory)
  SELECT 0, '#部门' || (i % ${DEPARTMENTS}), coalesce(due, ${NEVER}), printf('case-%08d.1', i), 3, 'open',
    coalesce(due - 3 * ${day}, ${NEVER}), i * 4194304, clock, coalesce(due + 15 * ${day}, ${NEVER}) FROM c
  ORDER BY 2, 3, 4;
DROP TABLE c;
DROP TABLE n;`);
  database.exec('COMMIT');
  database.close();
}
