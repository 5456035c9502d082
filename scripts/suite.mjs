// node scripts/suite.mjs NAME [jest options]: runs one of the suites that `npm test` leaves out (test/NAME).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildServer } from './build-server.mjs';
import { buildUi } from './build-ui.mjs';
import { builds, isFresh } from './fresh.mjs';

const [name, ...options] = process.argv.slice(2);
if (name === 'e2e' && !findChromium()) {
  const where = 'set CHROMIUM to its path, or install it, for example: apt-get install chromium';
  console.error(`\n*** SKIPPED: the browser tests did not run, there is no Chromium (${where}) ***\n`);
  // in CI a suite that did not run is a failure
  process.exit(process.env.CI ? 1 : 0);
}
// their servers start as `npm start` does, side by side: each would build what is stale
if (name !== 'oracle' && name !== 'features-on-mongo') {
  if (!isFresh(builds.server)) buildServer();
  if (!isFresh(builds.ui)) await buildUi().done;
}
const done = spawnSync(
  process.execPath,
  [
    // bpmn-engine makes many short-lived messages: with room for them a fifth of the time is saved
    ...(name === 'oracle' ? ['--max-semi-space-size=64'] : []),
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--passWithNoTests',
    ...(options.some((option) => !option.startsWith('-')) ? [] : [`test/${name}/`]),
    ...options,
  ],
  { stdio: 'inherit', env: { ...process.env, SUITE: name } },
);
process.exit(done.status ?? 1);

/** Chromium of the machine: CHROMIUM, or where Debian puts it (see test/e2e/browser.ts). */
function findChromium() {
  return existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium');
}
