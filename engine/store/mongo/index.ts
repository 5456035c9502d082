export { openMongoStore, type MongoOptions, type MongoStore } from './open.ts';
export { createIndexes, missingIndexes } from './indexes.ts';
