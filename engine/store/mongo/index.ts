export { openMongoStore, type MongoOptions, type MongoStore } from './open.ts';
export type { Failpoint } from './session.ts';
export { fillLights } from './fill-lights.ts';
export { createIndexes, missingIndexes, undeclaredIndexes } from './indexes.ts';
