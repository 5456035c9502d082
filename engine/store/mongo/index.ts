export { openMongoStore, type MongoOptions, type MongoStore } from './open.ts';
export type { Failpoint } from './session.ts';
export { createIndexes, missingIndexes } from './indexes.ts';
