import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { COLLECTIONS, DECLARED } from '../../../../engine/store/mongo/collections.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../../../docs/mongodb.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );

const shown = (keys: Readonly<Record<string, 1 | -1 | 'hashed'>>) =>
  Object.entries(keys)
    .map(([field, order]) => `${field} ${order === -1 ? 'down' : order === 1 ? '' : order}`.trim())
    .join(', ');

it('docs/mongodb.md lists every collection with its shard key', () => {
  const wanted = DECLARED.map(([name, { holds, shardKey }]) => [
    name,
    shardKey === 'none' ? 'none' : shown(shardKey),
    holds.replaceAll('`', ''),
  ]);
  expect(rows.filter(([name]) => Object.hasOwn(COLLECTIONS, name!))).toEqual(wanted);
});

it('docs/mongodb.md lists every index with its keys and the query it serves', () => {
  const wanted = DECLARED.flatMap(([collection, { indexes }]) =>
    indexes.map(({ name, keys, unique, sparse, serves }) => [
      `${collection}.${name}`,
      `${shown(keys)}${unique ? ' (unique)' : ''}${sparse ? ' (sparse)' : ''}`,
      serves,
    ]),
  );
  expect(rows.filter(([name]) => name!.includes('.'))).toEqual(wanted);
});
