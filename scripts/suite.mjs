// node scripts/suite.mjs NAME [jest options]: runs one of the suites that `npm test` leaves out (test/NAME).
import { spawnSync } from 'node:child_process';

const [name, ...options] = process.argv.slice(2);
const done = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    // the random models of the oracle use both cores; the others measure or share ports
    name === 'oracle' ? '--maxWorkers=2' : '--runInBand',
    '--passWithNoTests',
    ...(options.some((option) => !option.startsWith('-')) ? [] : [`test/${name}/`]),
    ...options,
  ],
  { stdio: 'inherit', env: { ...process.env, SUITE: name } },
);
process.exit(done.status ?? 1);
