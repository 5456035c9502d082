import { join } from 'node:path';
import { NEVER } from '../../engine/time/light.ts';
import { openDatabase, type DriverName } from '../../engine/store/sqlite/driver.ts';
import { prepareSchema } from '../../engine/store/sqlite/schema.ts';
import { aCase, NINE } from '../support/stores.ts';
import { PROCESS, type Board } from './board.ts';

const DAY = 86_400_000;

/** The cases of a board (board.ts) in a new store in this directory: its clock as columns, `edgesOf` in SQL. */
export function fillSqlite(into: string, { cases, departments }: Board, driver: DriverName | undefined): void {
  const database = openDatabase(join(into, 'store.db'), driver);
  prepareSchema(database);
  const [day, now] = [DAY, NINE];
  const row = JSON.stringify(aCase({ definitionId: `${PROCESS}:1`, definitionKey: PROCESS })).replaceAll("'", "''");
  database.exec('BEGIN');
  database.exec(`
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${cases})
  SELECT i, (i * 7919) % 1000 AS r, 60000 * ((i * 104729) % 1440) AS m FROM n;
CREATE TEMP TABLE c AS SELECT i, ${now} - 90 * ${day} + i * 7 AS started,
  CASE WHEN r < 50 THEN 3 WHEN r < 100 THEN 2 ELSE 1 END AS clock,
  CASE WHEN r < 100 THEN NULL WHEN r < 200 THEN ${now} - 20 * ${day} + m WHEN r < 300 THEN ${now} - 5 * ${day} + m
    WHEN r < 400 THEN ${now} + ${day} + m ELSE ${now} + 9 * ${day} + m END AS due
  FROM n;
INSERT INTO cases(no, id, rev, started_at, status, definition_key, applicant, number, title, clock, yellow_at, due_at,
    statutory_at, row)
  SELECT i, printf('case-%08d', i), 1, started, 'active', '${PROCESS}', 'applicant-' || (i % 5000),
    printf('BX-2026-%07d', i), '存量房交易 · 演示路 ' || i || ' 号', clock, due - 3 * ${day}, due, due + 15 * ${day},
    json_set('${row}', '$.id', printf('case-%08d', i), '$.number', printf('BX-2026-%07d', i), '$.startedAt', started,
      '$.title', '存量房交易 · 演示路 ' || i || ' 号', '$.dueAt', due, '$.yellowAt', due - 3 * ${day},
      '$.statutoryAt', due + 15 * ${day}, '$.held', json(CASE clock WHEN 2 THEN 'true' ELSE 'false' END)) FROM c;
INSERT INTO tasks(no, id, department, row, clock, yellow, due, statutory)
  SELECT i * 4194304, printf('case-%08d.1', i), '部门' || (i % ${departments}),
    json_object('id', printf('case-%08d.1', i), 'caseId', printf('case-%08d', i), 'status', 'open'), clock, due - 3 * ${day}, due, due + 15 * ${day} FROM c;
INSERT INTO task_lists(finished, name, due, id, role, status, yellow, task_no, clock, statutory)
  SELECT 0, '#部门' || (i % ${departments}), coalesce(due, ${NEVER}), printf('case-%08d.1', i), 3, 'open',
    coalesce(due - 3 * ${day}, ${NEVER}), i * 4194304, clock, coalesce(due + 15 * ${day}, ${NEVER}) FROM c
  ORDER BY 2, 3, 4;
DROP TABLE c;
DROP TABLE n;`);
  database.exec('COMMIT');
  database.close();
}
