import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyCases } from '../../engine/cases/verify-cases.ts';
import type { Store } from '../../engine/store/ports.ts';
import { FILES } from './manifest.ts';

/** Checks every history and every uploaded file; says on the console what was checked. True when nothing is wrong. */
export async function verifyAndSay(store: Store, dataDir: string): Promise<boolean> {
  const { cases, events, broken } = await verifyCases(store);
  const whole = broken.length === 0 ? 'each carries the hash of the one before' : `${broken.length} broken`;
  console.log(`Verified the histories of ${cases} cases, ${events} events: ${whole}.`);
  for (const { id, number, at } of broken)
    console.error(`Case ${number} (${id}): its history is broken at event ${at}`);
  const files = await store.listDocuments('files');
  const missing = [];
  for (const { id, document } of files) {
    const size = await stat(join(dataDir, FILES, id)).then(
      (found) => found.size,
      () => undefined,
    );
    if (size !== document.size) missing.push(id);
  }
  const there = missing.length === 0 ? 'all are there with their size' : `${missing.length} missing or of another size`;
  console.log(`Verified ${files.length} uploaded files: ${there}.`);
  for (const id of missing) console.error(`Uploaded file ${id} is missing or has another size`);
  return broken.length === 0 && missing.length === 0;
}
