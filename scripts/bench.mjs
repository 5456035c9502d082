// npm run bench [name…]: runs test/bench/*.bench.ts one after the other, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const benches = readdirSync('test/bench').filter(
  (file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.includes(file.replace('.bench.ts', ''))),
);
for (const bench of benches) {
  const done = spawnSync(process.execPath, ['--import', 'tsx', `test/bench/${bench}`], { stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
