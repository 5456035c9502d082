import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EDITS } from './failpoints.mjs';
import { POISON } from './poison-edits.mjs';
import { SEEDED } from './seeded-faults.mjs';

const built = resolve(import.meta.dirname, '../../../dist/server');
const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).map((name) => join(built, name));

/** Most of them run in the long suite only: a line that has changed shows here. */
describe('the built server', () => {
  it.each([...Object.entries(SEEDED), ['failpoints', EDITS] as const, ['poison', POISON] as const])(
    'has the lines that %s changes',
    (_, edits) => {
      for (const { file, line } of edits) {
        const found = files.filter((each) => each.endsWith(file));
        expect([file, found.length]).toEqual([file, 1]);
        expect(readFileSync(found[0]!, 'utf8')).toContain(line);
      }
    },
  );
});
