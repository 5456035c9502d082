import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../../engine/store/sqlite/index.ts';
import { caughtNotices } from '../../../processes/notices/index.ts';
import { closeStores, tempDirectory, track } from '../../support/stores.ts';

const script = fileURLToPath(new URL('send-and-hang.ts', import.meta.url));

afterEach(closeStores);

/** Runs a node until it is done, or kills it as soon as `notices` are with the catcher; answers the ids it sent. */
async function node(directory: string, round: number, kill?: { after: number }): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, directory, String(round), kill ? 'hang' : 'finish'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (kill && (output.match(/^sent /gm) ?? []).length >= kill.after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return [...output.matchAll(/^sent (.*)$/gm)].map(([, id]) => id!);
}

describe('a node that is killed between sending a notice and knowing it', () => {
  it('sends it again, and the catcher shows it once', async () => {
    const directory = tempDirectory();
    const sent = [
      ...(await node(directory, 0, { after: 1 })),
      ...(await node(directory, 1, { after: 2 })),
      ...(await node(directory, 2)),
    ];
    expect(await node(directory, 3)).toEqual([]);
    const store = track(await openSqliteStore({ directory }));
    const caught = (await caughtNotices(store, { limit: 100 })).map(({ notice }) => notice);
    expect(caught.map(({ kind, to }) => `${kind} ${to.name}`).sort()).toEqual([
      'case.urged 税务局',
      'case.urged 谭局长',
    ]);
    expect(sent.length).toBeGreaterThanOrEqual(5);
    expect(new Set(sent)).toEqual(new Set(caught.map(({ id }) => id)));
    // nothing is left to send; the check of the deadline is what comes next
    expect(await store.nextJobAt()).toBeGreaterThan(Date.parse('2026-03-03T00:00:00+08:00'));
  }, 60_000);
});
