// Starts OneVisit: what is stale is built first, the server at once, the screens beside the running server.
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer } from './build-server.mjs';
import { buildUi } from './build-ui.mjs';
import { builds, isFresh } from './fresh.mjs';

const { roles } = readOptions();
if (roles !== undefined) process.env.ONEVISIT_ROLES = roles;
const isApi = /^$|api|all/.test(process.env.ONEVISIT_ROLES ?? '');

// relative folders are meant from where the person stands
const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.env.ONEVISIT_DATA = resolve(process.env.ONEVISIT_DATA || resolve(home, 'data'));
if (process.env.ONEVISIT_DIRECTORY) process.env.ONEVISIT_DIRECTORY = resolve(process.env.ONEVISIT_DIRECTORY);
process.chdir(home);

if (!isFresh(builds.server)) {
  console.log('正在编译服务端（首次启动或代码有更新，约需几秒）… Compiling the server (first start or changed code) …');
  buildServer();
}
await import(pathToFileURL('dist/server/api/main.js').href);

// a node that only works in the background shows no screens
if (isApi && !isFresh(builds.ui)) {
  console.log('正在构建界面，期间 API 已可使用… Building the screens; the API is up meanwhile …');
  const { child, done } = buildUi({ quiet: true });
  process.on('exit', () => child.kill());
  done.then(
    () => console.log('界面已就绪。The screens are ready.'),
    (error) => console.error(error.message),
  );
}

/** `--roles api,worker`, the same as ONEVISIT_ROLES. */
function readOptions() {
  try {
    return parseArgs({ options: { roles: { type: 'string' } } }).values;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm start -- [--roles api,worker]`);
    process.exit(1);
  }
}
