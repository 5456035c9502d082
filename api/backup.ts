import { command, refuseMongo } from './backup/command.ts';
import { holdRunning } from './backup/socket.ts';
import { takeBackup, type Hold } from './backup/take-backup.ts';
import { openEmbeddedStore } from './open-store.ts';

const USAGE = 'npm run backup -- <empty folder>';

/** `npm run backup`: a copy of the embedded store and its files, while the server runs or while it does not. */
await command(USAGE, {}, async ({ config, folder }) => {
  refuseMongo(config);
  if (folder === undefined) throw new Error(`Usage: ${USAGE}`);
  const { dataDir } = config;
  const { files } = await takeBackup(dataDir, folder, async () => (await holdRunning(dataDir)) ?? holdOwn(dataDir));
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  console.log(
    `Backed up ${dataDir} to ${folder}: the store and ${Object.keys(files).length - 1} files, ${bytes} bytes.`,
  );
  return true;
});

/** Nobody has the folder open: this process does, for as long as it copies. */
async function holdOwn(directory: string): Promise<Hold> {
  const store = await openEmbeddedStore(directory);
  await store.hold();
  return { release: () => store.close() };
}
