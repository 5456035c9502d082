// npm run bench [name…]: runs test/bench/*.bench.ts one after the other, each in a process of its own, compiled as the product is.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const benches = readdirSync('test/bench').filter(
  (file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.includes(file.replace('.bench.ts', ''))),
);

function run(...args) {
  const done = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json', '--noCheck');
for (const bench of benches) run(`.cache/bench/test/bench/${bench.replace(/\.ts$/, '.js')}`);
