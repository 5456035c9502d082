// Creates the indexes that this version needs, in the database of MONGODB_URI.
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildServer } from './build-server.mjs';
import { builds, isFresh } from './fresh.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
if (!isFresh(builds.server)) buildServer();
await import(pathToFileURL('dist/server/api/migrate.js').href);
