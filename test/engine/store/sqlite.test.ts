import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDatabase } from '../../../engine/store/sqlite/driver.ts';
import { openSqliteStore, type SqliteOptions } from '../../../engine/store/sqlite/index.ts';
import { datesForTasks } from '../../../engine/store/listed-dates.ts';
import { storeContract } from '../../contracts/store.contract.ts';
import { aCase, aCommit, aDefinition, aJob, aReceipt, aTask, closeStores, events } from '../../support/stores.ts';
import { NINE, tempDirectory, track } from '../../support/stores.ts';

const open = async (options: SqliteOptions) => track(await openSqliteStore(options));

storeContract('SQLite', () => openSqliteStore({ directory: tempDirectory() }));
storeContract('SQLite, nothing remembered', () => openSqliteStore({ directory: tempDirectory(), remembered: 0 }));
storeContract('SQLite in WebAssembly', () =>
  openSqliteStore({ directory: tempDirectory(), driver: 'node-sqlite3-wasm', thread: false }),
);

const children: ChildProcess[] = [];

function startCommitLoop(directory: string, round: number, clients = 'abcd'): ChildProcess {
  const script = join(import.meta.dirname, 'commit-loop.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory, String(round), clients], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

/** What later formats added, taken away: columns then held due dates as they are. */
const BACK_TO_SECOND = [
  'DROP TABLE document_tags',
  'ALTER TABLE documents DROP COLUMN tags',
  ...['case_active', 'case_clock', 'case_due', 'case_statutory', 'case_completed'].map((name) => `DROP INDEX ${name}`),
  ...['task_clock', 'task_due', 'task_statutory'].map((name) => `DROP INDEX ${name}`),
  ...['statutory_at', 'clock'].map((name) => `ALTER TABLE cases DROP COLUMN ${name}`),
  ...['clock', 'yellow', 'due', 'statutory'].map((name) => `ALTER TABLE tasks DROP COLUMN ${name}`),
  ...['clock', 'statutory'].map((name) => `ALTER TABLE task_lists DROP COLUMN ${name}`),
  `UPDATE cases SET due_at = json_extract(row, '$.dueAt'), yellow_at = json_extract(row, '$.yellowAt')`,
  `CREATE INDEX case_active ON cases(started_at, id, due_at, yellow_at) WHERE status = 'active'`,
  `UPDATE meta SET value = 2 WHERE name = 'schema'`,
];

describe('SQLite store', () => {
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await closeStores();
  });

  it('brings a directory of the first format up to date and keeps what is in it', async () => {
    const directory = tempDirectory();
    const first = await open({ directory });
    const row = aCase();
    await first.commit(aCommit({ case: row }));
    await first.putDocument('people', 'a', { name: '张' });
    await first.close();
    const database = openDatabase(join(directory, 'store.db'));
    for (const sql of BACK_TO_SECOND) database.exec(sql);
    database.exec('DROP INDEX case_parent; ALTER TABLE cases DROP COLUMN parent; DROP TABLE messages');
    database.exec(`UPDATE meta SET value = 1 WHERE name = 'schema'`);
    database.close();

    const second = await open({ directory });
    expect(await second.findCase(row.id)).toEqual(row);
    const parent = { caseId: row.id, token: '1', node: 'call', work: 1, depth: 1 };
    const child = aCase({ parent });
    await second.commit(aCommit({ case: child }));
    expect(await second.listCases({ parent: row.id, limit: 10 })).toEqual([child]);
    expect(await second.findMessage('none')).toBeUndefined();
    expect(await second.getDocument('people', 'a')).toEqual({ name: '张' });
    await second.putDocument('people', 'a', { name: '李' }, ['tax']);
    expect(await second.findDocuments({ collection: 'people', tag: 'tax', limit: 1 })).toHaveLength(1);
  });

  it('finds the lights of what a directory of the second format holds', async () => {
    const directory = tempDirectory();
    const first = await open({ directory });
    const hold = { reason: 'test' as const, from: NINE - 1, to: null };
    const cases = [
      aCase({ id: 'red', dueAt: NINE - 1, yellowAt: NINE - 2 }),
      aCase({ id: 'yellow', dueAt: NINE + 1, yellowAt: NINE }),
      aCase({ id: 'green', dueAt: NINE + 1, yellowAt: null }),
      aCase({ id: 'grey', yellowAt: NINE - 2, clock: { holds: [hold], extensions: [] } }),
      aCase({ id: 'none', clock: { holds: [{ ...hold, to: NINE }], extensions: [] } }),
      aCase({ id: 'closed', dueAt: NINE - 1, yellowAt: NINE - 2, status: 'completed' }),
    ];
    for (const row of cases) {
      const { id, dueAt, yellowAt, status } = row;
      const held = id === 'grey' ? { held: true as const } : {};
      const task = { id: `t ${id}`, caseId: id, dueAt, yellowAt, ...held };
      const tasks = [aTask({ ...task, status: status === 'completed' ? 'completed' : 'open' })];
      await first.commit(aCommit({ case: row, tasks }));
    }
    await first.close();
    const database = openDatabase(join(directory, 'store.db'));
    for (const sql of BACK_TO_SECOND) database.exec(sql);
    database.close();

    const second = await open({ directory });
    const each = { red: 1, yellow: 1, green: 1, grey: 1, none: 1, deepRed: 0 };
    expect(await second.countCases(NINE)).toEqual({ ...each, completed: 1 });
    expect(await second.countLights(NINE)).toEqual([{ department: '不动产登记中心', ...each }]);
    for (const light of ['red', 'yellow', 'green', 'grey', 'none'] as const) {
      const query = { light, now: NINE, limit: 10 };
      expect((await second.listCases(query)).map(({ id, held }) => [id, held])).toEqual([
        [light, light === 'grey' ? true : undefined],
      ]);
      expect((await second.listTasks({ ...query, status: 'open' })).map(({ id }) => id)).toEqual([`t ${light}`]);
    }
  });

  it('lets the open tasks of a directory of the fifth format go by their case where nothing limits them', async () => {
    const directory = tempDirectory();
    const first = await open({ directory });
    const dates = { yellowAt: NINE - 2, dueAt: NINE - 1, statutoryAt: NINE + 1 };
    const stoodStill = { dateNotes: { stoodStill: [{ from: NINE - 9, to: null }] } };
    const cases = [
      aCase({ id: 'red', ...dates, dateNotes: { promiseCertain: true, unit: 'workingHours' }, provisional: true }),
      aCase({ id: 'yellow', yellowAt: NINE, statutoryAt: NINE + 1 }),
      aCase({ id: 'grey', held: true, ...stoodStill }),
      aCase({ id: 'none' }),
      aCase({ id: 'closed', ...dates, status: 'cancelled' }),
    ];
    for (const row of cases) {
      const { id: caseId, department } = row;
      const tasks = [
        aTask({ id: `${caseId} a`, caseId, status: row.status === 'active' ? 'open' : 'cancelled', department }),
        aTask({ id: `${caseId} b`, caseId, dueAt: NINE + 5, department: '税务局' }),
        aTask({ id: `${caseId} c`, caseId, status: 'completed' }),
      ];
      await first.commit(aCommit({ case: row, tasks }));
    }
    await first.close();
    const database = openDatabase(join(directory, 'store.db'));
    database.exec(`UPDATE meta SET value = 5 WHERE name = 'schema'`);
    database.close();

    const second = await open({ directory });
    const each = { deepRed: 0, red: 1, yellow: 1, green: 0, grey: 1, none: 1 };
    expect(await second.countLights(NINE)).toEqual([
      { department: '不动产登记中心', ...each },
      { department: '税务局', ...each, red: 0, yellow: 0, grey: 0, none: 0, green: 5 },
    ]);
    const listed = await second.listTasks({ department: '不动产登记中心', status: 'unfinished', limit: 9 });
    expect(listed.map(({ id }) => id)).toEqual(['red a', 'grey a', 'none a', 'yellow a']);
    for (const row of cases) {
      const { id, status } = row;
      const ofCase = status === 'active' ? datesForTasks(row) : undefined;
      const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((task) => second.findTask(`${id} ${task}`)));
      expect([a, b, c].map((task) => task!.ofCase)).toEqual([ofCase, undefined, undefined]);
      if (!ofCase) continue;
      await second.commit(aCommit({ case: { ...row, rev: 2 }, tasks: [{ ...a!, status: 'claimed', assignee: '王' }] }));
    }
    expect(await second.countLights(NINE)).toMatchObject([each, { green: 5 }]);
  });

  it('keeps everything when it is closed and opened again', async () => {
    const directory = tempDirectory();
    const first = await open({ directory });
    const row = aCase({ lastSeq: 2 });
    const task = aTask({ caseId: row.id });
    const job = aJob({ caseId: row.id, topic: 'tax', kind: 'external' });
    const receipt = aReceipt();
    const definition = aDefinition({ key: 'k' });
    await first.commit({
      ...aCommit({ case: row, tasks: [task], events: events(row.id, 1, 2), receipt }),
      jobs: { put: [job], remove: [] },
    });
    const [claimed] = await first.claimDueJobs({ owner: 'w', now: NINE, leaseMs: 1000, limit: 1, topics: ['tax'] });
    await first.addDefinition(definition);
    await first.putDocument('people', 'a', { name: '张𠮷' });
    expect([await first.nextNumber('n'), await first.nextNumber('n')]).toEqual([1, 2]);
    await first.close();

    const second = await open({ directory });
    expect(await second.findCase(row.id)).toEqual(row);
    expect(await second.listTasks({ status: 'open', limit: 10 })).toEqual([task]);
    expect(await second.listEvents(row.id, 0, 10)).toEqual(events(row.id, 1, 2));
    expect(await second.findJob(job.id)).toEqual(claimed);
    expect(await second.findReceipt(receipt.key, NINE)).toEqual(receipt);
    expect(await second.findDefinition(definition.id)).toEqual(definition);
    expect(await second.getDocument('people', 'a')).toEqual({ name: '张𠮷' });
    expect(await second.nextNumber('n')).toBe(3);
    expect(await second.commit(aCommit({ case: { ...row, rev: 2 } }))).toBe('ok');
  });

  it('can be read by the other driver afterwards', async () => {
    const directory = tempDirectory();
    const row = aCase();
    const native = await open({ directory });
    await native.commit(aCommit({ case: row }));
    await native.close();
    const wasm = await open({ directory, driver: 'node-sqlite3-wasm' });
    expect(wasm.driver).toContain('wasm');
    await wasm.commit(aCommit({ case: { ...row, rev: 2 } }));
    await wasm.close();
    expect((await (await open({ directory })).findCase(row.id))?.rev).toBe(2);
  });

  it.each(['abcd', 'a'])(
    'loses no acknowledged commit of %s when its process is killed, five times',
    async (clients) => {
      const directory = tempDirectory();
      const acknowledged = new Map<string, number>();
      const numbers: number[] = [];
      for (let round = 1; round <= 5; round++) {
        const child = startCommitLoop(directory, round, clients);
        let lines = 0;
        for await (const line of createInterface({ input: child.stdout! })) {
          const [id, rev, number] = line.split(' ') as [string, string, string];
          acknowledged.set(id, Number(rev));
          if (number !== '0') numbers.push(Number(number));
          if (++lines === 150 * round) child.kill('SIGKILL');
        }
        expect(lines).toBeGreaterThanOrEqual(150 * round);

        const store = await open({ directory });
        for (const [id, rev] of acknowledged) {
          const row = (await store.findCase(id))!;
          // One more may have become durable just before the kill, unacknowledged.
          expect([rev, rev + 1]).toContain(row.rev);
          acknowledged.set(id, row.rev);
          expect(await store.listEvents(id, 0, 10_000)).toEqual(events(id, 1, row.rev * 2));
          expect(await store.listTasksOfCase(id)).toHaveLength(row.rev);
        }
        const written = [...acknowledged.values()].reduce((sum, rev) => sum + rev, 0);
        expect(await store.countLights(NINE)).toEqual([
          { department: '不动产登记中心', deepRed: 0, red: 0, yellow: 0, green: 0, grey: 0, none: written },
        ]);
        await store.close();
      }
      expect(acknowledged.size).toBe(5 * clients.length);
      expect(new Set(numbers).size).toBe(numbers.length);
    },
    120_000,
  );

  it('is refused to a second process, and opens again after the first was killed', async () => {
    const directory = tempDirectory();
    const child = startCommitLoop(directory, 1);
    await once(child.stdout!, 'data');
    await expect(openSqliteStore({ directory })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store.in_use',
      details: { pid: child.pid },
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(directory, 'store.lock'))).toBe(true);
    await (await open({ directory })).close();
    expect(existsSync(join(directory, 'store.lock'))).toBe(false);
  }, 60_000);

  it('is refused a second time in the same process', async () => {
    const directory = tempDirectory();
    await open({ directory });
    await expect(openSqliteStore({ directory })).rejects.toMatchObject({ code: 'store.in_use' });
  });

  it('takes over a mark whose process number now belongs to another process', async () => {
    const directory = tempDirectory();
    writeFileSync(join(directory, 'store.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    const store = await open({ directory });
    expect(JSON.parse(readFileSync(join(directory, 'store.lock'), 'utf8'))).not.toMatchObject({ started: '1' });
    await store.close();
    writeFileSync(join(directory, 'store.lock'), '{"pid": 1');
    await open({ directory });
  });

  it('lets the neighbours of a failing commit through', async () => {
    const store = await open({ directory: tempDirectory() });
    const rows = Array.from({ length: 9 }, () => aCase());
    const results = await Promise.allSettled(
      rows.map((row, i) => {
        const seq = i === 4 ? 2 ** 22 : 1;
        return store.commit(
          aCommit({ case: row, events: events(row.id, seq, seq), tasks: [aTask({ caseId: row.id })] }),
        );
      }),
    );
    expect(results.map((result) => result.status === 'fulfilled')).toEqual(rows.map((_, i) => i !== 4));
    expect(results[4]).toMatchObject({ reason: { kind: 'too-large', code: 'case.too_long' } });
    for (const [i, row] of rows.entries()) {
      expect((await store.findCase(row.id)) === undefined).toBe(i === 4);
      expect(await store.listTasksOfCase(row.id)).toHaveLength(i === 4 ? 0 : 1);
    }
  });

  it('says clearly that a file is no store', async () => {
    const directory = tempDirectory();
    writeFileSync(join(directory, 'store.db'), 'this is not a database, whatever its name says. '.repeat(100));
    await expect(openSqliteStore({ directory })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store.unavailable',
    });
    expect(existsSync(join(directory, 'store.lock'))).toBe(false);
  });

  it('says clearly that the directory cannot be made', async () => {
    const file = join(tempDirectory(), 'file');
    writeFileSync(file, '');
    await expect(openSqliteStore({ directory: join(file, 'data') })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  });
});
