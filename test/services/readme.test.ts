import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { tour } from '../../api/demo/tour.ts';
import { startServer } from '../support/server.ts';

const readme = readFileSync('README.md', 'utf8');
const lines = /```sh\n([\s\S]*?)```/.exec(readme)![1]!.trimEnd();

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  const free = await Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)]);
  probe.close();
  return free;
}

describe('README', () => {
  it('shows the same tour as the console', () => {
    expect(lines.split('\n')).toEqual(tour('http://127.0.0.1:3000'));
  });

  it('shows a tour that works as it stands: the case is completed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'onevisit-readme-'));
    const port = (await isFree(3000)) ? 3000 : undefined;
    const server = await startServer({ directory, ...(port && { port }) });
    const done = spawnSync(
      'bash',
      ['-eu', '-o', 'pipefail', '-c', port ? lines : lines.replaceAll('http://127.0.0.1:3000', server.url)],
      { encoding: 'utf8' },
    );
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
    expect(done.stderr).toBe('');
    expect(done.stdout.trim().split('\n')).toEqual([
      'parking-permit:1',
      'claimed',
      'completed',
      'claimed',
      'completed',
      'completed',
    ]);
  }, 60_000);
});
