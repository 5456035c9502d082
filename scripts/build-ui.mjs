import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { builds, stamp } from './fresh.mjs';

const { output } = builds.ui;
const next = 'admin-ui/.next-dist';
const old = 'admin-ui/.old-dist';

/**
 * Builds the screens into a folder of their own and moves it into place when it is complete. Meanwhile the server tells
 * visitors what is being built; a failed build leaves the API up and its reason on that page.
 */
export function buildUi({ quiet = false } = {}) {
  say({ state: 'building' });
  const child = spawn(
    process.execPath,
    [
      'node_modules/vite/bin/vite.js',
      'build',
      'admin-ui',
      '--outDir',
      '.next-dist',
      '--emptyOutDir',
      '--logLevel',
      quiet ? 'error' : 'info',
    ],
    {
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'pipe'],
    },
  );
  try {
    setPriority(child.pid, 10);
  } catch {
    // a container may forbid it; the build is only less polite then
  }
  let log = '';
  child.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-4000);
    if (!quiet) process.stderr.write(chunk);
  });
  const done = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) {
        say({ state: 'failed', log });
        return reject(new Error(`the screens could not be built\n${log}`));
      }
      moveIntoPlace();
      resolve();
    });
  });
  return { child, done };
}

function moveIntoPlace() {
  stamp(builds.ui, next);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(output)) renameSync(output, old);
  renameSync(next, output);
  rmSync(old, { recursive: true, force: true });
}

function say(status) {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, '.build-status.json'), JSON.stringify(status));
}
