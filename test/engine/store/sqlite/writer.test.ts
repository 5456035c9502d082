import { afterEach, describe, expect, it } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../../engine/store/sqlite/driver.ts';
import { Journal } from '../../../../engine/store/sqlite/journal.ts';
import { prepareSchema } from '../../../../engine/store/sqlite/schema.ts';
import { Writer } from '../../../../engine/store/sqlite/writer.ts';
import { aCase, aCommit, aTask, closeStores, tempDirectory } from '../../../support/stores.ts';

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
    first.writer.execute([commitOf('a')]);
    first.writer.checkpoint();
    first.writer.execute([commitOf('b'), commitOf('c'), commitOf('a')]);
    const second = crash(directory);
    expect(ids(second.database)).toEqual(['a', 'b', 'c']);
    expect(second.writer.pending).toBe(0);
    expect(second.journal.read()).toEqual([]);
  });

  it('keeps nothing of a failing operation, also after a crash', () => {
    const directory = tempDirectory();
    const first = open(directory);
    first.writer.execute([commitOf('a')]);
    const broken = JSON.stringify([
      'commit',
      { ...aCommit({ case: aCase({ id: 'x' }) }), incidents: { put: [{}], remove: [] } },
    ]);
    const outcomes = first.writer.execute([commitOf('b'), broken, commitOf('c')]);
    expect(outcomes.map((outcome) => 'error' in outcome)).toEqual([false, true, false]);
    expect(ids(first.database)).toEqual(['a', 'b', 'c']);
    const second = crash(directory);
    expect(ids(second.database)).toEqual(['a', 'b', 'c']);
  });

  it('refuses when the disk is full, keeps what it acknowledged, and goes on when there is room', () => {
    const directory = tempDirectory();
    const store = open(directory);
    store.writer.execute([commitOf('000')]);
    store.writer.checkpoint();
    const pages = store.database.get('PRAGMA page_count')!.page_count as number;
    store.database.exec(`PRAGMA max_page_count = ${pages + 30}`);
    const acknowledged = ['000'];
    const refused: string[] = [];
    for (let i = 1; i < 60; i++) {
      const id = String(i).padStart(3, '0');
      const [outcome] = store.writer.execute([commitOf(id, 'y'.repeat(3000))]);
      if ('error' in outcome!) {
        expect(outcome.error).toMatchObject({ kind: 'unavailable', code: 'store.unavailable' });
        refused.push(id);
      } else acknowledged.push(id);
    }
    expect(acknowledged.length).toBeGreaterThan(2);
    expect(refused.length).toBeGreaterThan(2);
    expect(ids(store.database)).toEqual(acknowledged);
    store.database.exec('PRAGMA max_page_count = 1073741823');
    expect(store.writer.execute([commitOf('later')])).toEqual([{ answer: '"ok"' }]);
    const again = crash(directory);
    expect(ids(again.database)).toEqual([...acknowledged, 'later']);
  });

  it('refuses a journal that does not fit its database', () => {
    const directory = tempDirectory();
    const first = open(directory);
    first.writer.execute([commitOf('a')]);
    first.journal.append('["not an operation"]', true);
    expect(() => crash(directory)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  });
});
