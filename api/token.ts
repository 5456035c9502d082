import { parseArgs } from 'node:util';
import { loadDirectory, type Directory } from '../processes/directory/index.ts';
import { readConfig, type Config } from './config.ts';
import {
  createApiToken,
  isValid,
  listApiTokens,
  revokeApiToken,
  tokenDocuments,
  type ApiToken,
  type TokenDocuments,
} from './http/api-tokens.ts';
import { BELIEVED_MS } from './http/known-tokens.ts';
import { openConfiguredStore } from './open-store.ts';
import { runningTokens } from './tokens/socket.ts';

const USAGE = `Usage:
  npm run token -- create --person <id> [--days <1 to 3650, by default 90>] [--label <what it is for>]
  npm run token -- list
  npm run token -- revoke <id of the list>`;
const DAY_MS = 86_400_000;

/** `npm run token`: API tokens, while the server runs or while it does not. */
try {
  const { values, positionals } = parseArgs({
    options: { person: { type: 'string' }, days: { type: 'string', default: '90' }, label: { type: 'string' } },
    allowPositionals: true,
  });
  const [does, id, ...more] = positionals;
  const config = readConfig(process.env);
  const directory = loadDirectory(config.directory);
  await withTokens(config, async (documents) => {
    if (does === 'create' && id === undefined) return create(documents, directory, values);
    if (does === 'list' && id === undefined) return list(documents, directory);
    if (does === 'revoke' && id !== undefined && more.length === 0) return revoke(documents, id);
    throw new Error(USAGE);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function create(
  documents: TokenDocuments,
  directory: Directory,
  { person: given, days: givenDays, label }: { person?: string; days: string; label?: string },
): Promise<void> {
  if (given === undefined) throw new Error(USAGE);
  const person = directory.findPerson(given);
  if (!person) throw new Error(`Expected the id of a person of the directory, but '${given}' is none`);
  const days = Number(givenDays);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new Error(`Expected --days from 1 to 3650, but got '${givenDays}'`);
  const createdAt = Date.now();
  const about = { person: person.id, createdAt, expiresAt: createdAt + days * DAY_MS, ...(label && { label }) };
  const token = await createApiToken(documents, about);
  console.error(`A token of ${whoIs(directory, about)}, ${validity(about)}. It is shown this once:`);
  console.log(token);
}

async function list(documents: TokenDocuments, directory: Directory): Promise<void> {
  const tokens = await listApiTokens(documents);
  for (const token of tokens.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)))
    console.log([token.id, stateOf(token), validity(token), whoIs(directory, token), token.label ?? ''].join('  '));
  if (tokens.length === 0) console.log('There is no token.');
}

async function revoke(documents: TokenDocuments, id: string): Promise<void> {
  if (!(await revokeApiToken(documents, id, Date.now())))
    throw new Error(`Expected the id of a token, as the list shows it, but '${id}' is none`);
  console.log(`Revoked ${id}: it acts as nobody any more, on every node within ${BELIEVED_MS / 1_000} seconds.`);
}

/** Name, role and departments; the role and departments are what the directory says when the token is shown. */
function whoIs(directory: Directory, { person: id }: ApiToken): string {
  const person = directory.findPerson(id);
  if (!person) return `${id} (nobody in the directory: it is refused)`;
  const departments = directory.departmentsOf(person).map(({ name }) => name);
  return `${id} ${person.name} (${[person.role, ...departments].join(', ')})`;
}

function stateOf(token: ApiToken): string {
  if (token.revokedAt !== undefined) return 'revoked';
  return isValid(token, Date.now()) ? 'valid' : 'expired';
}

function validity({ expiresAt: at }: ApiToken): string {
  return at === undefined ? 'for ever' : `until ${new Date(at).toISOString().slice(0, 10)}`;
}

/** Of the database; of the server that has the data folder open; else of the store in the folder. */
async function withTokens(
  { mongodbUri, dataDir }: Config,
  work: (documents: TokenDocuments) => Promise<void>,
): Promise<void> {
  const running = mongodbUri === undefined ? await runningTokens(dataDir) : undefined;
  if (running) {
    try {
      return await work(running);
    } finally {
      running.close();
    }
  }
  const store = await openConfiguredStore({ mongodbUri, dataDir });
  try {
    await work(tokenDocuments(store));
  } finally {
    await store.close();
  }
}
