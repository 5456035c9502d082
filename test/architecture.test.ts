import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Room → the rooms it may import from, besides itself. The first room whose path a file begins with is its own. */
const ARROWS: Record<string, string[]> = {
  'engine/kernel': [],
  'engine/expressions': ['engine/kernel'],
  'engine/model': ['engine/kernel', 'engine/expressions', 'engine/time', 'engine/engine.ts'],
  'engine/time': ['engine/kernel', 'engine/model/graph.ts'],
  'engine/core': ['engine/kernel', 'engine/expressions', 'engine/model', 'engine/time'],
  'engine/store/memory': ['engine/kernel', 'engine/store', 'engine/core', 'engine/time'],
  'engine/store/sqlite': ['engine/kernel', 'engine/store', 'engine/core', 'engine/time'],
  'engine/store/mongo': ['engine/kernel', 'engine/store', 'engine/core', 'engine/time'],
  'engine/store': ['engine/kernel', 'engine/core', 'engine/time'],
  'engine/connectors': ['engine/kernel'],
  'engine/redis': [],
  'engine/peers': ['engine/kernel', 'engine/redis'],
  'engine/jobs/bull': ['engine/kernel', 'engine/redis', 'engine/jobs'],
  'engine/definitions': ['engine/kernel', 'engine/model', 'engine/time', 'engine/store/ports.ts', 'engine/engine.ts'],
  'engine/cases': [
    'engine/kernel',
    'engine/core',
    'engine/time',
    'engine/model',
    'engine/expressions',
    'engine/store/ports.ts',
    'engine/store/listed-dates.ts',
    'engine/engine.ts',
  ],
  'engine/tasks': [
    'engine/kernel',
    'engine/core',
    'engine/model',
    'engine/cases',
    'engine/store/ports.ts',
    'engine/engine.ts',
  ],
  'engine/jobs': [
    'engine/kernel',
    'engine/core',
    'engine/model',
    'engine/expressions',
    'engine/cases',
    'engine/time',
    'engine/connectors',
    'engine/store/ports.ts',
    'engine/engine.ts',
  ],
  'engine/commands': ['engine/kernel', 'engine/core', 'engine/model', 'engine/time', 'engine/store/ports.ts'],
  'engine/engine.ts': [
    'engine/kernel',
    'engine/core',
    'engine/model',
    'engine/time',
    'engine/store/ports.ts',
    'engine/commands',
  ],
  engine: ['engine'],
  processes: ['engine'],
  api: ['engine', 'processes'],
  'admin-ui': ['api/contract'],
};

/** Package → the only places that may import it. Everything else reaches it through a port. */
const OWNERS: Record<string, string[]> = {
  '@bpmn-io/feelin': ['engine/expressions/'],
  'bpmn-moddle': ['engine/model/'],
  '@photostructure/sqlite': ['engine/store/sqlite/'],
  'node-sqlite3-wasm': ['engine/store/sqlite/'],
  'node:sqlite': ['engine/store/sqlite/'],
  mongoose: ['engine/store/mongo/'],
  mongodb: ['engine/store/mongo/'],
  bull: ['engine/jobs/bull/'],
  ioredis: ['engine/redis/', 'engine/jobs/bull/', 'engine/peers/redis/'],
  'bpmn-engine': ['test/oracle/', 'test/bench/'],
  ajv: ['processes/forms/'],
  'prom-client': ['api/operations/'],
  koa: ['api/'],
  '@koa/router': ['api/'],
  zod: ['api/', 'processes/catalogue/', 'processes/calendars/', 'processes/issue-words.ts'],
};

/** The only product files that may name an adapter. */
const WIRING = ['api/compose.ts', 'api/migrate.ts', 'api/open-store.ts', 'api/restore.ts'];
const ADAPTERS = [
  'engine/store/memory',
  'engine/store/sqlite',
  'engine/store/mongo',
  'engine/jobs/bull',
  'engine/peers/redis',
];

interface Import {
  file: string;
  spec: string;
  /** Path within the repository, where the import stays in it. */
  target?: string;
}

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name === 'node_modules' || name.startsWith('.') || name === 'dist') continue;
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(ts|vue)$/.test(name)) yield path;
  }
}

function importsOf(path: string): Import[] {
  const file = relative(root, path);
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(([, spec]) => ({
    file,
    spec: spec!,
    ...(spec!.startsWith('.') && { target: relative(root, resolve(dirname(path), spec!)) }),
  }));
}

const all = ['engine', 'processes', 'api', 'admin-ui']
  .flatMap((folder) => [...sources(join(root, folder))])
  .flatMap(importsOf);
const roomOf = (path: string) => Object.keys(ARROWS).find((room) => path === room || path.startsWith(`${room}/`))!;
const within = (path: string, room: string) => path === room || path.startsWith(`${room}/`);
const names = (wrong: Import[]) => wrong.map(({ file, spec }) => `${file} imports ${spec}`);

describe('architecture', () => {
  it('sees the imports at all', () => {
    expect(all.length).toBeGreaterThan(500);
    expect(all.some(({ file, target }) => file === 'engine/core/step.ts' && target === 'engine/core/run.ts')).toBe(
      true,
    );
  });

  it('keeps every arrow pointing inwards', () => {
    const wrong = all.filter(({ file, target }) => {
      if (target === undefined) return false;
      const room = roomOf(file);
      return !within(target, room) && !ARROWS[room]!.some((allowed) => within(target, allowed));
    });
    expect(names(wrong)).toEqual([]);
  });

  it('keeps each package behind its owner', () => {
    const tests = [...sources(join(root, 'test'))].flatMap(importsOf).filter(({ spec }) => spec === 'bpmn-engine');
    const wrong = [...all, ...tests].filter(({ file, spec, target }) => {
      const owner =
        target === undefined
          ? Object.keys(OWNERS).find((name) => spec === name || spec.startsWith(`${name}/`))
          : undefined;
      return owner !== undefined && !OWNERS[owner]!.some((place) => file.startsWith(place));
    });
    expect(names(wrong)).toEqual([]);
  });

  it('names adapters only where the house is wired', () => {
    const wrong = all.filter(
      ({ file, target }) =>
        target &&
        ADAPTERS.some((adapter) => within(target, adapter) && !within(file, adapter)) &&
        !WIRING.includes(file),
    );
    expect(names(wrong)).toEqual([]);
  });

  it('keeps the core pure: no clock, no randomness, no promise', () => {
    const impure = [...sources(join(root, 'engine/core'))].filter((path) =>
      /Date\.now|Math\.random|new Date\(\)|\basync\b|\bawait\b|from 'node:/.test(readFileSync(path, 'utf8')),
    );
    expect(impure.map((path) => relative(root, path))).toEqual([]);
  });

  it('keeps files small: median under 100 lines, few over 300', () => {
    const lines = ['engine', 'processes', 'api', 'admin-ui']
      .flatMap((folder) => [...sources(join(root, folder))])
      .filter((path) => !path.includes('api/contract/'))
      .map((path) => readFileSync(path, 'utf8').split('\n').length)
      .sort((a, b) => a - b);
    expect(lines[lines.length >> 1]).toBeLessThan(100);
    expect(lines.filter((count) => count > 300).length).toBeLessThan(lines.length * 0.03);
  });
});
