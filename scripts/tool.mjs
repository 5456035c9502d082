// node scripts/tool.mjs migrate|backup|restore|verify|token …: runs one of the commands beside the server (api/<name>.ts).
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildServer } from './build-server.mjs';
import { builds, isFresh } from './fresh.mjs';

const [name] = process.argv.splice(2, 1);
// relative folders are meant from where the person stands
const from = process.env.INIT_CWD ?? process.cwd();
const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.env.ONEVISIT_DATA = process.env.ONEVISIT_DATA
  ? resolve(from, process.env.ONEVISIT_DATA)
  : resolve(home, 'data');
process.env.INIT_CWD = from;
process.chdir(home);
if (!isFresh(builds.server)) buildServer();
await import(pathToFileURL(`dist/server/api/${name}.js`).href);
