import { afterAll, describe, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createIndexes, openMongoStore } from '../../engine/store/mongo/index.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { startMongo } from '../support/mongo.ts';

const server = await startMongo();
afterAll(() => server?.stop());

let databases = 0;
const run = randomUUID().slice(0, 8);

if (server) {
  storeContract(`MongoDB (${server.kind})`, async () => {
    const uri = server.uri(`test-${run}-${++databases}`);
    await createIndexes(uri);
    return openMongoStore({ uri });
  });
} else {
  describe.skip('store contract: MongoDB', () => it('needs a server', () => undefined));
}
