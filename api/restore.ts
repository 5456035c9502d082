import { join } from 'node:path';
import { lockDirectory, openSqliteStore } from '../engine/store/sqlite/index.ts';
import { command, refuseMongo } from './backup/command.ts';
import { contentOf, readManifest, replaceContent } from './backup/restore-backup.ts';
import { verifyAndSay } from './backup/verify.ts';

const USAGE = 'npm run restore -- [--replace] <backup>';

/**
 * `npm run restore`: puts a backup into ONEVISIT_DATA and verifies it. What was there is refused, or moved aside when told.
 * A backup that is not whole leaves everything as it was.
 */
await command(USAGE, { replace: { type: 'boolean' } }, async ({ config, folder, values }) => {
  refuseMongo(config);
  if (folder === undefined) throw new Error(`Usage: ${USAGE}`);
  const { dataDir } = config;
  const manifest = await readManifest(folder);
  const there = await contentOf(dataDir);
  if (there.length > 0 && values.replace !== true)
    throw new Error(
      `${dataDir} is not empty (${there.slice(0, 3).join(', ')} …). With --replace its content is moved aside`,
    );
  const release = lockDirectory(dataDir, join(dataDir, 'store.lock'));
  try {
    const aside = await replaceContent(folder, dataDir, manifest);
    if (aside !== undefined) console.log(`Moved what was there to ${join(dataDir, aside)}`);
  } finally {
    release();
  }
  console.log(`Restored the backup of ${manifest.takenAt} to ${dataDir}.`);
  const store = await openSqliteStore({ directory: dataDir });
  try {
    return await verifyAndSay(store, dataDir);
  } finally {
    await store.close();
  }
});
