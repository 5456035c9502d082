import { aCase, aCommit, aTask, events } from '../../support/stores.ts';
import { openSqliteStore } from '../../../engine/store/sqlite/index.ts';

/* Run by sqlite.test.ts in a process of its own: commits until it is killed, and prints what was acknowledged. */

const [directory, round, clients] = process.argv.slice(2) as [string, string, string];
const store = await openSqliteStore({ directory });

async function client(name: string): Promise<void> {
  const first = aCase({ id: `case-${round}-${name}` });
  for (let rev = 1; ; rev++) {
    const row = { ...first, rev, title: `rev ${rev}`, lastSeq: rev * 2 };
    const task = aTask({ id: `task-${round}-${name}-${rev}`, caseId: row.id });
    const commit = aCommit({ case: row, events: events(row.id, rev * 2 - 1, rev * 2), tasks: [task] });
    if ((await store.commit(commit)) !== 'ok')
      throw new Error('Expected the only writer to win, but it met a conflict');
    const number = rev % 10 === 0 ? await store.nextNumber('loop') : 0;
    process.stdout.write(`${row.id} ${rev} ${number}\n`);
  }
}

await Promise.all(clients.split('').map(client));
