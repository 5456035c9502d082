import { command } from './backup/command.ts';
import { refuseCutOff } from './backup/restore-backup.ts';
import { verifyAndSay } from './backup/verify.ts';

/** `npm run verify`: checks every history and file of the store that is configured. A database may be at work meanwhile. */
await command('npm run verify', {}, async ({ config: { mongodbUri, dataDir } }) => {
  if (mongodbUri === undefined) await refuseCutOff(dataDir);
  const store =
    mongodbUri === undefined
      ? await (await import('../engine/store/sqlite/index.ts')).openSqliteStore({ directory: dataDir })
      : await (await import('../engine/store/mongo/index.ts')).openMongoStore({ uri: mongodbUri });
  try {
    return await verifyAndSay(store, dataDir);
  } finally {
    await store.close();
  }
});
