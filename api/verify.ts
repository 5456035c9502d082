import { command } from './backup/command.ts';
import { verifyAndSay } from './backup/verify.ts';
import { openConfiguredStore } from './open-store.ts';

/** `npm run verify`: checks every history and file of the store that is configured. A database may be at work meanwhile. */
await command('npm run verify', {}, async ({ config }) => {
  const store = await openConfiguredStore(config);
  try {
    return await verifyAndSay(store, config.dataDir);
  } finally {
    await store.close();
  }
});
