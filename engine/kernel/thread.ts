import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread from a module beside the caller: `startThread(import.meta.url, './worker')`. Compiled JavaScript runs as
 * it is; TypeScript source (development, tests) first registers its loader in the thread.
 */
export function startThread(from: string, module: string, options: WorkerOptions = {}): Worker {
  // flags of this process, such as a test runner's, are not meant for its threads
  const own = { execArgv: [], ...options };
  if (!from.endsWith('.ts')) return new Worker(new URL(`${module}.js`, from), own);
  const loader = new URL('./esm/api/index.mjs', pathToFileURL(createRequire(from).resolve('tsx'))).href;
  const entry = new URL(`${module}.ts`, from).href;
  const boot = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`;
  return new Worker(boot, { ...own, eval: true });
}
