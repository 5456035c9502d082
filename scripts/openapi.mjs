// Writes the HTTP contract: api/contract/openapi.json and api/contract/client.ts. Run with `npm run openapi`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { clientTypes } from '../api/http/client-types.ts';
import { openApiDocument } from '../api/http/openapi.ts';
import { routes } from '../api/routes/index.ts';

const folder = new URL('../api/contract/', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const document = openApiDocument(routes, version);
await mkdir(folder, { recursive: true });
await writeFile(new URL('openapi.json', folder), `${JSON.stringify(document, null, 2)}\n`);
await writeFile(new URL('client.ts', folder), clientTypes(document));
