import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { builds, stamp } from './fresh.mjs';

/**
 * Turns the TypeScript of the server into dist/server. Types are checked by `npm run types`, not here: a start must not
 * wait for them.
 */
export function buildServer() {
  rmSync(builds.server.output, { recursive: true, force: true });
  const done = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck'],
    { stdio: 'inherit' },
  );
  if (done.status !== 0) throw new Error('the server could not be built; the lines above say why');
  stamp(builds.server);
}
