import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What each build is made of. A build is fresh while the hash of these files equals its stamp. */
export const builds = {
  server: {
    inputs: ['engine', 'processes', 'api', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    only: /\.(ts|json)$/,
    output: 'dist/server',
  },
  ui: {
    inputs: ['admin-ui', 'api/contract', 'package-lock.json'],
    only: /\.(ts|vue|html|css|json|svg|png|ico)$/,
    output: 'admin-ui/dist',
  },
};

/** SHA-256 over names and contents of a build's inputs; some milliseconds. */
export function hashInputs({ inputs, only, output }) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => files(input, output)).sort()) {
    if (only.test(file)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export function isFresh(build) {
  const stamp = join(build.output, '.stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashInputs(build);
}

/** Written last, so that an interrupted build is never taken for a finished one. */
export function stamp(build, folder = build.output) {
  const file = join(folder, '.stamp');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hashInputs(build));
}

function files(path, output) {
  if (!existsSync(path) || path === output || /(^|\/)(node_modules|\.next-dist)$/.test(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name), output));
}
