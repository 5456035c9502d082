export { openSqliteStore, type SqliteOptions, type SqliteStore } from './open.ts';
export { lockDirectory } from './lock.ts';
