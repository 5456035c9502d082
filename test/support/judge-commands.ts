import { afterAll, expect } from '@jest/globals';
import { audit } from './mongo-stores.ts';
import { closeStores } from './stores.ts';

/*
 * For every file of `npm run test:features`: whatever a feature sends to MongoDB is served by declared indexes, and done
 * alike by every server.
 */
afterAll(async () => {
  await closeStores();
  expect(audit.problems).toEqual([]);
});
