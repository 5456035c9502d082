import { readdirSync } from 'node:fs';
import { afterAll, expect } from '@jest/globals';
import { audit } from '../support/mongo-stores.ts';
import { closeStores } from '../support/stores.ts';

/**
 * The feature tests of every second file, from the first or the second on, all with the same modules: loading those for
 * each file takes longer than its tests. Whatever a feature sends to MongoDB is served by declared indexes, and done alike
 * by every server.
 */
export async function everySecond(from: 0 | 1): Promise<void> {
  const files = (readdirSync('test/features', { recursive: true }) as string[])
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  for (const file of files.filter((_, index) => index % 2 === from)) await import(`../features/${file}`);
  afterAll(async () => {
    await closeStores();
    expect(audit.problems).toEqual([]);
    expect(audit.count).toBeGreaterThan(0);
  });
}
