import { afterEach, describe, expect, it } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Commit } from '../../../../engine/store/ports.ts';
import { openDatabase, type Database } from '../../../../engine/store/sqlite/driver.ts';
import { Journal } from '../../../../engine/store/sqlite/journal.ts';
import { prepareSchema } from '../../../../engine/store/sqlite/schema.ts';
import { Writer, type Outcome } from '../../../../engine/store/sqlite/writer.ts';
import { aCase, aCommit, aTask, closeStores, events, tempDirectory } from '../../../support/stores.ts';

interface Open {
  database: Database;
  journal: Journal;
  writer: Writer;
}

const opened: Open[] = [];

function open(directory: string): Open {
  const database = openDatabase(join(directory, 'store.db'));
  prepareSchema(database);
  const epoch = database.get(`SELECT value FROM meta WHERE name = 'epoch'`)!.value as number;
  const journal = Journal.open(join(directory, 'store.journal'), epoch, true);
  const store = { database, journal, writer: new Writer(database, journal, epoch) };
  opened.push(store);
  return store;
}

function execute({ writer }: Open, operations: string[]): Outcome[] {
  let outcomes: Outcome[] = [];
  writer.execute(operations, (told) => (outcomes = told));
  return outcomes;
}

/** Opens the files as a power cut at this instant would leave them. */
function crash(directory: string): Open {
  const copy = tempDirectory();
  cpSync(directory, copy, { recursive: true });
  return open(copy);
}

const commitOf = (id: string, title = 'x') =>
  JSON.stringify(['commit', aCommit({ case: aCase({ id, title }), tasks: [aTask({ caseId: id })] })]);
const ids = (database: Database) => database.all('SELECT id FROM cases ORDER BY id').map((row) => row.id);

describe('writer', () => {
  afterEach(async () => {
    for (const { database, journal } of opened.splice(0)) {
      database.close();
      journal.close();
    }
    await closeStores();
  });

  it('runs the journal again after a crash, once', () => {
    const directory = tempDirectory();
    const first = open(directory);
    execute(first, [commitOf('a')]);
    first.writer.checkpoint();
    execute(first, [commitOf('b'), commitOf('c'), commitOf('a')]);
    const second = crash(directory);
    expect(ids(second.database)).toEqual(['a', 'b', 'c']);
    expect(second.writer.pending).toBe(0);
    expect(second.journal.read()).toEqual([]);
  });

  it('keeps nothing of a failing operation, also after a crash', () => {
    const directory = tempDirectory();
    const first = open(directory);
    execute(first, [commitOf('a')]);
    const broken = JSON.stringify([
      'commit',
      { ...aCommit({ case: aCase({ id: 'x' }) }), incidents: { put: [{}], remove: [] } },
    ]);
    const outcomes = execute(first, [commitOf('b'), broken, commitOf('c')]);
    expect(outcomes.map((outcome) => 'error' in outcome)).toEqual([false, true, false]);
    expect(ids(first.database)).toEqual(['a', 'b', 'c']);
    const second = crash(directory);
    expect(ids(second.database)).toEqual(['a', 'b', 'c']);
  });

  it('refuses when the disk is full, keeps what it acknowledged, and goes on when there is room', () => {
    const directory = tempDirectory();
    const store = open(directory);
    execute(store, [commitOf('000')]);
    store.writer.checkpoint();
    const pages = store.database.get('PRAGMA page_count')!.page_count as number;
    store.database.exec(`PRAGMA max_page_count = ${pages + 30}`);
    const acknowledged = ['000'];
    const refused: string[] = [];
    for (let i = 1; i < 60; i++) {
      const id = String(i).padStart(3, '0');
      const [outcome] = execute(store, [commitOf(id, 'y'.repeat(3000))]);
      if ('error' in outcome!) {
        expect(outcome.error).toMatchObject({ kind: 'unavailable', code: 'store.unavailable' });
        refused.push(id);
      } else acknowledged.push(id);
    }
    expect(acknowledged.length).toBeGreaterThan(2);
    expect(refused.length).toBeGreaterThan(2);
    expect(store.writer.broken).toMatchObject({ code: 'store.unavailable' });
    store.database.exec('PRAGMA max_page_count = 1073741823');
    expect(execute(store, [commitOf('later')])).toEqual([{ answer: '"ok"' }]);
    expect(ids(store.database)).toEqual([...acknowledged, 'later']);
    const again = crash(directory);
    expect(ids(again.database)).toEqual([...acknowledged, 'later']);
  });

  it('answers commits on different cases when the journal holds them, before the database does', () => {
    const store = open(tempDirectory());
    const before: unknown[][] = [];
    store.writer.execute([commitOf('a'), commitOf('b')], () => before.push(ids(store.database)));
    expect([...before, ids(store.database)]).toEqual([[], ['a', 'b']]);
  });

  it('lets one of two commits on the same case win, in one group as in two', () => {
    const store = open(tempDirectory());
    expect(execute(store, [commitOf('a'), commitOf('a')])).toEqual([{ answer: '"ok"' }, { answer: '"conflict"' }]);
    expect(execute(store, [commitOf('a')])).toEqual([{ answer: '"conflict"' }]);
  });

  it.each<[string, (commit: Commit) => unknown]>([
    ['a task without id', (commit) => ({ ...commit, tasks: [{ ...aTask({}), id: undefined }] })],
    ['a due date between two milliseconds', (commit) => ({ ...commit, case: { ...commit.case, dueAt: 1.5 } })],
    ['a job without due date', (commit) => ({ ...commit, jobs: { put: [{ id: 'j' }], remove: [] } })],
    ['a subscription without name', (commit) => ({ ...commit, subscriptions: { put: [{ id: 's' }], remove: [] } })],
    ['more events than a case may have', (commit) => ({ ...commit, events: events('bad', 2 ** 22, 2 ** 22) })],
  ])('refuses %s before it promises anything', (_, change) => {
    const directory = tempDirectory();
    const store = open(directory);
    const bad = JSON.stringify(['commit', change(aCommit({ case: aCase({ id: 'bad' }) }))]);
    expect(execute(store, [bad, commitOf('good')]).map((outcome) => 'error' in outcome)).toEqual([true, false]);
    expect(ids(store.database)).toEqual(['good']);
    expect(ids(crash(directory).database)).toEqual(['good']);
  });

  it('refuses a journal that does not fit its database', () => {
    const directory = tempDirectory();
    const first = open(directory);
    execute(first, [commitOf('a')]);
    first.journal.append('["not an operation"]', true);
    expect(() => crash(directory)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  });
});
