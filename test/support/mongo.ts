import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { connect, MongoServerError } from '../../engine/store/mongo/driver.ts';
import { notTested } from './not-tested.ts';

/** Beside the repository, from whose root tests and measurements run. */
const STAND_IN = resolve('../shared/bin/mongo-stand-in/mongo-stand-in');
const STAND_IN_IS = 'mongo-java-server, a stand-in: says nothing about speed, transactions or elections';

export interface MongoServer {
  /** What it is, for the report: a real server or the stand-in. */
  readonly kind: 'real' | 'stand-in';
  readonly description: string;
  /** Of a database that nobody else uses. */
  uri(database: string): string;
  /** Undefined where it is not this test's own. */
  readonly process?: MongoProcess;
  stop(): Promise<void>;
}

export interface MongoProcess {
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Starts it again at the same place, on what it had written. Resolves when it takes connections. */
  boot(): Promise<void>;
}

/**
 * A server for tests: the one of MONGODB_URI, else a mongod of the PATH, else the stand-in. Undefined where there is none
 * of them, which CI takes for a failure; says on the console which it is. `durable`: what it has acknowledged outlives a kill, where it is the test's own.
 */
export async function startMongo({ durable = false } = {}): Promise<MongoServer | undefined> {
  const server = (await given()) ?? (await fromPath()) ?? (await standIn(durable));
  if (!server)
    return notTested('no MongoDB. Set MONGODB_URI, or put mongod on the PATH, or install Java 17 for the stand-in.');
  process.stderr.write(`MongoDB for tests: ${server.description}\n`);
  return server;
}

async function given(): Promise<MongoServer | undefined> {
  const uri = process.env.MONGODB_URI;
  if (!uri) return undefined;
  return {
    ...(await introduced(withDatabase(uri, 'admin'))),
    uri: (database) => withDatabase(uri, database),
    stop: () => Promise.resolve(),
  };
}

/** What the server of an address says it is. Every kind of server knows `hello`, only the stand-in does not. */
async function introduced(uri: string): Promise<Pick<MongoServer, 'kind' | 'description'>> {
  const connection = await connect({ uri });
  try {
    const { version } = await connection.db!.command({ buildInfo: 1 });
    const hello = await connection.db!.command({ hello: 1 }).catch((error: unknown) => {
      const unknownCommand = 59;
      if (error instanceof MongoServerError && error.code === unknownCommand) return undefined;
      throw error;
    });
    if (!hello) return { kind: 'stand-in', description: `the server of MONGODB_URI: ${STAND_IN_IS}` };
    const place = hello.msg === 'isdbgrid' ? 'through mongos' : hello.setName ? 'a replica set' : 'standalone';
    return { kind: 'real', description: `the server of MONGODB_URI: version ${version}, ${place}` };
  } finally {
    await connection.close();
  }
}

/** The same server and options, another database. */
export function withDatabase(uri: string, database: string): string {
  const url = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (!url) throw new Error('MONGODB_URI is no address of MongoDB');
  return `${url[1]}/${database}${url[2] ?? ''}`;
}

/** The same address; what these options name is taken from here. */
export function withOptions(uri: string, options: string): string {
  const nameOf = (option: string) => option.split('=')[0]!.toLowerCase();
  const named = new Set(options.split('&').map(nameOf));
  const [address, query = ''] = uri.split('?');
  const kept = query.split('&').filter((option) => !named.has(nameOf(option)));
  return `${address}?${[...kept, ...options.split('&')].filter(Boolean).join('&')}`;
}

async function fromPath(): Promise<MongoServer | undefined> {
  const version = spawnSync('mongod', ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-mongod-'));
  const port = await freePort();
  const settings = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const own = processOf('mongod', settings, /Waiting for connections/i);
  await own.boot();
  return {
    kind: 'real',
    description: version.stdout.split('\n')[0]!,
    uri: (database) => `mongodb://127.0.0.1:${port}/${database}`,
    process: own,
    async stop() {
      await own.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function standIn(durable: boolean): Promise<MongoServer | undefined> {
  if (!existsSync(STAND_IN) || spawnSync('java', ['-version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-stand-in-'));
  const port = await freePort();
  const settings = ['--port', String(port), ...(durable ? ['--data', join(folder, 'data')] : [])];
  const own = processOf(STAND_IN, settings, /^ready mongodb:/);
  await own.boot();
  return {
    kind: 'stand-in',
    description: STAND_IN_IS,
    uri: (database) => `mongodb://127.0.0.1:${port}/${database}`,
    process: own,
    async stop() {
      await own.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function processOf(command: string, settings: string[], ready: RegExp) {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((done) => child!.once('exit', done));
    child.kill(signal);
    await exit;
  };
  return {
    end,
    kill: () => end('SIGKILL'),
    async boot() {
      child = spawn(command, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
      await line(child, ready);
    },
  };
}

/** The first line that matches; rejects when the process ends before. */
function line(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((found, failed) => {
    child.once('exit', (code) => failed(new Error(`the server ended with ${code} before it was ready`)));
    child.once('error', failed);
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const match = pattern.exec(text);
      if (match) found(match);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
