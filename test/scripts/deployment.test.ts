import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readConfig } from '../../api/config.ts';
import { VARIABLES } from '../../api/configuration/variables.ts';
import { taskId } from '../../engine/cases/rows.ts';
import { newId } from '../../engine/kernel/ids.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };

interface Service {
  image: string;
  build?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  command?: string[];
  entrypoint?: string[];
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  stop_grace_period?: string;
}

const compose = yaml.load(read('compose.yaml')) as { services: Record<string, Service>; volumes: Record<string, null> };
const dockerfile = read('Dockerfile');
const nginx = read('deploy/nginx.conf');
const { version, engines, scripts } = JSON.parse(read('package.json')) as {
  version: string;
  engines: { node: string };
  scripts: Record<string, string>;
};
const services = Object.entries(compose.services);
const nodes = services.filter(([name]) => /^node-\d+$/.test(name));
const ours = services.filter(([, { image }]) => image.startsWith('onevisit:'));

const SECRET = 'k3Jd82hfKq02mdL1xZ7vB4nT9wQ5rE6y';

/** The environment as Compose would give it; with nothing else told, only the secret is set by the person. */
function environmentOf(service: Service, set: Record<string, string> = {}): Record<string, string> {
  const given: Record<string, string> = { ONEVISIT_SECRET: SECRET, ...set };
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, text]) => [name, interpolated(text, given)]),
  );
}

/** `${NAME:-unless set}`, `${NAME:+when set}`, `${NAME:?must be set}`. */
function interpolated(text: string, given: Record<string, string>): string {
  return text.replace(/\$\{(\w+):([-+?])([^}]*)\}/g, (_, name: string, how: string, rest: string) =>
    how === '+' ? (given[name] ? rest : '') : given[name] || (how === '-' ? rest : ''),
  );
}

describe('compose.yaml', () => {
  it('starts three nodes behind nginx, on a replica set of three and a Redis', () => {
    expect(nodes).toHaveLength(3);
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(['mongo-1', 'mongo-2', 'mongo-3', 'redis', 'nginx', 'migrate']),
    );
  });

  it('sets only variables that the server knows, to values that it takes', () => {
    for (const [, service] of ours) {
      const environment = environmentOf(service);
      expect(Object.keys(environment).filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
      expect(readConfig(environment)).toMatchObject({ roles: ['api', 'worker'], proxies: 1, secret: SECRET });
    }
  });

  it('passes everything that a house sets from outside, so that production needs no edit of the file', () => {
    const decided = ['PORT', 'HOST', 'ONEVISIT_DATA', 'MONGODB_URI', 'REDIS_URL', 'ONEVISIT_ROLES', 'ONEVISIT_STRICT'];
    const timed = ['ONEVISIT_DRAIN_SECONDS', 'ONEVISIT_STOP_SECONDS'];
    for (const [, { environment }] of ours) {
      const passed = Object.keys(environment!).filter((name) => environment![name]!.includes(`\${${name}:`));
      expect([...passed, ...decided, ...timed].sort()).toEqual(Object.keys(VARIABLES).sort());
    }
  });

  it('reads the directory of the house where it mounts it', () => {
    const folder = '/srv/our-directory';
    for (const [, service] of ours) {
      const mounted = service.volumes!.map((volume) => interpolated(volume, { ONEVISIT_DIRECTORY: folder }));
      const { ONEVISIT_DIRECTORY: inside } = environmentOf(service, { ONEVISIT_DIRECTORY: folder });
      expect(mounted).toContain(`${folder}:${inside}:ro`);
      const demo = service.volumes!.map((volume) => interpolated(volume, {}).split(':')[0]!);
      expect(demo).toContain('./processes/directory/demo-city');
    }
  });

  it('gives every node the same settings and one folder of files', () => {
    for (const [, node] of nodes) {
      expect(node.environment).toEqual(nodes[0]![1].environment);
      expect(node.volumes).toContain(`files:${node.environment!.ONEVISIT_DATA}`);
    }
  });

  it('asks for readiness where the server answers it', () => {
    const operations = read('api/operations/operations.ts');
    for (const [, { healthcheck, environment }] of nodes) {
      const [, port, path] = /127\.0\.0\.1:(\d+)(\/[\w/]+)/.exec(healthcheck!.test.join(' '))!;
      expect(port).toBe(environment!.PORT);
      expect(operations).toContain(`'${path}':`);
    }
  });

  it('gives a node longer to stop than it takes', () => {
    for (const [, { stop_grace_period, environment }] of nodes) {
      const takes = Number(environment!.ONEVISIT_DRAIN_SECONDS) + Number(environment!.ONEVISIT_STOP_SECONDS) + 2;
      expect(Number.parseInt(stop_grace_period!, 10)).toBeGreaterThan(takes);
    }
  });

  it('names the members of the replica set everywhere alike, and the Redis', () => {
    const members = services.filter(([, { command }]) => command?.[0] === 'mongod');
    const { MONGODB_URI: uri, REDIS_URL: redis } = environmentOf(nodes[0]![1]);
    expect(uri).toBe(`mongodb://${members.map(([name]) => `${name}:27017`).join(',')}/onevisit?replicaSet=rs0`);
    for (const [, { command }] of members) expect(command).toEqual(expect.arrayContaining(['--replSet', 'rs0']));
    expect(Object.keys(compose.services)).toContain(new URL(redis!).hostname);
  });

  it('creates the indexes before a node starts, by a command that is there', () => {
    for (const [, { depends_on }] of nodes)
      expect(depends_on!.migrate).toEqual({ condition: 'service_completed_successfully' });
    expect(scripts.migrate).toBe(compose.services.migrate!.entrypoint!.join(' '));
  });

  it('pins every image, and its own to the version of the package', () => {
    for (const [, { image, build }] of services) {
      expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+(-[a-z-]+)?$/);
      if (build) expect(image).toBe(`onevisit:${version}`);
    }
  });

  it('shows nothing to other machines before somebody decides so', () => {
    expect(services.flatMap(([, { ports = [] }]) => ports)).toEqual(['127.0.0.1:8080:80']);
  });

  it('declares every volume it uses', () => {
    const used = services.flatMap(([, { volumes = [] }]) =>
      volumes.map((each) => interpolated(each, {}).split(':')[0]!),
    );
    const named = used.filter((volume) => !volume.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('deploy/nginx.conf', () => {
  it('sends to every node at its port', () => {
    const servers = [...nginx.matchAll(/^\s*server ([\w-]+):(\d+)/gm)].map(([, name, port]) => [name, port]);
    expect(servers).toEqual(nodes.map(([name, { environment }]) => [name, environment!.PORT]));
  });

  it('sends what concerns one case to one node', () => {
    const [, pattern] = /map \$uri \$onevisit_case \{\s*~(\S+) \$1;/.exec(nginx)!;
    const id = newId(1_772_413_200_000);
    for (const path of [`/api/cases/${id}`, `/api/cases/${id}/history`, `/api/tasks/${taskId(id, '3')}/complete`])
      expect(new RegExp(pattern!).exec(path)?.[1]).toBe(id);
    expect(nginx).toContain('hash $onevisit_case consistent;');
  });

  it('counts no refusals: the 503 of nodes without their database reaches people', () => {
    const servers = nginx.match(/^\s*server node-.*$/gm)!;
    for (const server of servers) expect(server).toMatch(/ max_fails=0;$/);
  });

  it('lets idle connections go before a node that stops does', () => {
    const [, seconds] = /^\s*keepalive_timeout (\d+)s;$/m.exec(nginx)!;
    for (const [, node] of nodes) {
      const { drainSeconds, stopSeconds } = readConfig(environmentOf(node));
      expect(Number(seconds)).toBeLessThan(Math.min(drainSeconds, stopSeconds / 2));
    }
  });

  it('says who the client is, does not hold events back, and keeps metrics inside', () => {
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
    expect(nginx).toMatch(/location = \/api\/events \{[^}]*proxy_buffering off;/);
    expect(nginx).toMatch(/location = \/metrics \{\s*return 404;/);
  });
});

describe('the image', () => {
  it('is of a pinned Node that the package takes', () => {
    const [, major, minor] = /^FROM node:(\d+)\.(\d+)\.\d+-[\w-]+$/m.exec(dockerfile)!.map(Number);
    const [, least, leastMinor] = />=(\d+)\.(\d+)/.exec(engines.node)!.map(Number);
    expect(major! > least! || (major === least && minor! >= leastMinor!)).toBe(true);
  });

  it('copies what the builds are made of and what runs', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    const ignored = read('.dockerignore').split('\n');
    expect(copied).toEqual(
      expect.arrayContaining(['package-lock.json', 'tsconfig.build.json', 'scripts', 'engine', 'processes', 'api']),
    );
    for (const name of copied) expect(ignored).toContain(`!${name}`);
  });

  it('sets only variables that the server knows, asks for its life, and does not run as root', () => {
    const set = /^ENV (HOST=.*)$/m
      .exec(dockerfile)![1]!
      .split(' ')
      .map((pair) => pair.split('='));
    for (const [name] of set) expect(VARIABLES).toHaveProperty(name!);
    expect(readConfig(Object.fromEntries(set) as Record<string, string>).host).toBe('0.0.0.0');
    expect(dockerfile).toContain('http://127.0.0.1:3000/health/live');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "scripts\/start\.mjs"\]$/m);
  });
});
