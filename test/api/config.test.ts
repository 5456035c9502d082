import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../api/compose.ts';
import { readConfig } from '../../api/config.ts';
import { VARIABLES } from '../../api/configuration/variables.ts';
import { refuseDemoCity } from '../../api/demo/refuse-demo-city.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { DEMO_CITY, loadDirectory } from '../../processes/directory/index.ts';
import { OWN_CITY, PRODUCTION } from './support/production.ts';

const SECRET = PRODUCTION.ONEVISIT_SECRET;

function refusalOf(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1);
  }
  return [];
}

describe('the configuration', () => {
  it("needs nothing on a newcomer's machine", () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      mode: 'demo',
      region: '210500',
      strict: false,
      proxies: 0,
    });
    expect(readConfig({ PORT: '', ONEVISIT_DATA: '' }).port).toBe(3000);
  });

  it('tells everything that is wrong at once: the name, what was expected, what was given', () => {
    const bad = {
      PORT: '99999',
      HOST: 'two words',
      ONEVISIT_MODE: 'prod',
      PUBLIC_URL: 'ftp://x',
      ONEVISIT_PROXIES: '-1',
      ONEVISIT_DIRECTORY: '/nowhere',
      ONEVISIT_REGION: 'x',
      ONEVISIT_HTTP_HOSTS: 'http://a.example',
      LOG_LEVEL: 'loud',
      ONEVISIT_STRICT: 'yes',
    };
    expect(refusalOf(bad)).toEqual([
      'PORT: expected a whole number from 0 to 65535; given "99999"',
      'HOST: expected an address of this machine, for example 127.0.0.1 or 0.0.0.0; given "two words"',
      'ONEVISIT_MODE: expected demo or production; given "prod"',
      'PUBLIC_URL: expected an address that begins with http:// or https://; given "ftp://x"',
      'ONEVISIT_PROXIES: expected a whole number from 0 to 10; given "-1"',
      'ONEVISIT_DIRECTORY: expected a folder with departments.json and people.json; given "/nowhere"',
      'ONEVISIT_REGION: expected the six digits of an administrative division; given "x"',
      'ONEVISIT_HTTP_HOSTS: expected hosts, each host or host:port, separated by commas; given "http://a.example"',
      'LOG_LEVEL: expected trace, debug, info, warn, error, fatal or silent; given "loud"',
      'ONEVISIT_STRICT: expected 0, 1, false or true; given "yes"',
    ]);
  });

  it.each(['1e3', '0x10', '3000.5', ' 80', '-1', '65536'])('takes no port %p', (PORT) => {
    expect(refusalOf({ PORT })).toHaveLength(1);
  });

  it('takes no mistyped name for a variable that is not set', () => {
    expect(refusalOf({ ONEVISIT_SECRETS: SECRET, ONEVISIT_REGIN: '1', ONEVISIT_MOON: 'full' })).toEqual([
      'ONEVISIT_SECRETS: there is no such variable; is ONEVISIT_SECRET meant?',
      'ONEVISIT_REGIN: there is no such variable; is ONEVISIT_REGION meant?',
      'ONEVISIT_MOON: there is no such variable; is ONEVISIT_MODE meant?',
    ]);
    expect(refusalOf({ ONEVISIT_SERVICE_HOST: '10.0.0.1', ONEVISIT_PORT: 'tcp://10.0.0.1:3000' })).toEqual([]);
  });

  it('takes roles in any order, and refuses one alone on a store that no other process can open', () => {
    const MONGODB_URI = 'mongodb://db/onevisit';
    expect(readConfig({}).roles).toEqual(['api', 'worker']);
    expect(readConfig({ ONEVISIT_ROLES: 'worker, api' }).roles).toEqual(['api', 'worker']);
    expect(readConfig({ ONEVISIT_ROLES: 'all' }).roles).toEqual(['api', 'worker']);
    expect(readConfig({ ONEVISIT_ROLES: 'worker', MONGODB_URI }).roles).toEqual(['worker']);
    expect(refusalOf({ ONEVISIT_ROLES: 'worker' })).toEqual([
      expect.stringMatching(/^ONEVISIT_ROLES: a node that is only worker .* needs MONGODB_URI; the embedded store/),
    ]);
    for (const ONEVISIT_ROLES of ['sweeper', 'api,', 'all,api'])
      expect(refusalOf({ ONEVISIT_ROLES, MONGODB_URI })).toEqual([
        `ONEVISIT_ROLES: expected api, worker, both with a comma between them, or all; given "${ONEVISIT_ROLES}"`,
      ]);
  });

  it('splits the hosts that may be called', () => {
    expect(readConfig({ ONEVISIT_HTTP_HOSTS: 'a.example, b.example:8080 , [::1]:80,' }).httpHosts).toEqual([
      'a.example',
      'b.example:8080',
      '[::1]:80',
    ]);
  });

  it('takes the address of a MongoDB database, and never repeats the password in it', () => {
    const uri = 'mongodb://user:geheim@db-1:27017,db-2:27017/onevisit?replicaSet=rs0';
    expect(readConfig({ MONGODB_URI: uri }).mongodbUri).toBe(uri);
    expect(readConfig({}).mongodbUri).toBeUndefined();
    for (const bad of [
      'mongodb://user:geheim@db-1:27017',
      'mongodb://user:geheim@db-1/',
      'http://user:geheim@db-1/x',
    ]) {
      expect(() => readConfig({ MONGODB_URI: bad })).toThrow(/MONGODB_URI: expected mongodb:[^]*name of the database/);
      expect(() => readConfig({ MONGODB_URI: bad })).not.toThrow(/geheim/);
    }
  });

  it('takes the address of a Redis, and never repeats the password in it', () => {
    for (const url of ['redis://redis', 'rediss://:geheim@redis:6380/2', 'redis://user:geheim@127.0.0.1:6379'])
      expect(readConfig({ REDIS_URL: url }).redisUrl).toBe(url);
    for (const bad of ['redis:6379', 'http://user:geheim@redis', 'redis://user:geheim@redis/zwei']) {
      expect(() => readConfig({ REDIS_URL: bad })).toThrow(/REDIS_URL: expected redis:/);
      expect(() => readConfig({ REDIS_URL: bad })).not.toThrow(/geheim/);
    }
  });

  it('believes one proxy where people reach it by another address, or as many as are told', () => {
    expect(readConfig({ PUBLIC_URL: 'https://a.example' }).proxies).toBe(1);
    expect(readConfig({ PUBLIC_URL: 'https://a.example', ONEVISIT_PROXIES: '2' }).proxies).toBe(2);
  });
});

describe('production', () => {
  it('takes a secret, an https address and a directory of its own', () => {
    expect(readConfig(PRODUCTION)).toMatchObject({ mode: 'production', proxies: 1, directory: OWN_CITY });
  });

  it('refuses everything that is missing at once, beside what is wrong', () => {
    expect(refusalOf({ ONEVISIT_MODE: 'production', PORT: 'x' })).toEqual([
      'PORT: expected a whole number from 0 to 65535; given "x"',
      'ONEVISIT_SECRET: production needs a secret of its own, at least 32 characters',
      'PUBLIC_URL: production needs the https address that a proxy serves this server under; none is given',
      'ONEVISIT_DIRECTORY: production needs a directory of its own; the people of the demo city are refused',
    ]);
  });

  it.each(['short', 'changeme', 'a'.repeat(40)])('refuses the secret %s, without repeating it', (secret) => {
    const refusal = refusalOf({ ...PRODUCTION, ONEVISIT_SECRET: secret });
    expect(refusal).toEqual([
      'ONEVISIT_SECRET: this one can be guessed; production needs at least 32 random characters',
    ]);
  });

  it.each([
    [{ PUBLIC_URL: 'http://a.example' }, 'PUBLIC_URL'],
    [{ ONEVISIT_PROXIES: '0' }, 'ONEVISIT_PROXIES'],
    [{ ONEVISIT_DIRECTORY: DEMO_CITY }, 'ONEVISIT_DIRECTORY'],
  ])('refuses %j', (change, name) => {
    const refusal = refusalOf({ ...PRODUCTION, ...change });
    expect(refusal.map((line) => line.split(':')[0])).toEqual([name]);
  });

  it('refuses people of the demo city, and a store that was filled with it', async () => {
    const store = memoryStore();
    await expect(refuseDemoCity(store, loadDirectory())).rejects.toThrow(/people of the demo city: designer-ding, /);
    await expect(refuseDemoCity(store, loadDirectory(OWN_CITY))).resolves.toBeUndefined();
    await store.putDocument('demo', 'seeded', { at: 0, cases: 0 });
    await expect(refuseDemoCity(store, loadDirectory(OWN_CITY))).rejects.toThrow(/filled in demo mode/);
  });
});

describe('the data folder', () => {
  it('is made at start, or refused by the name of its variable where it cannot be', async () => {
    const config = readConfig({ ONEVISIT_DATA: join(import.meta.filename, 'below') });
    await expect(startServer(config)).rejects.toThrow(/^ONEVISIT_DATA: expected a folder, but .* cannot be made/);
  });
});

describe('docs/configuration.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );

  it('lists every variable: what it takes, what holds without it, what it is for', () => {
    const wanted = Object.entries(VARIABLES).map(([name, { expected, unset, says }]) => [
      `\`${name}\``,
      expected,
      unset,
      says,
    ]);
    expect(rows).toEqual(wanted);
  });
});
