import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../engine/store/ports.ts';

const LOOK_EVERY_MS = 100;

/**
 * Of nodes that start at the same moment on one database, lets one go ahead: true for the first that asks for `name`, ever.
 * The others wait until `done`, at most `patienceMs` (the first may have died), and then get false.
 */
export async function isFirstOfNodes(
  store: Store,
  name: string,
  done: () => Promise<boolean>,
  patienceMs: number,
): Promise<boolean> {
  if ((await store.nextNumber(`first: ${name}`)) === 1) return true;
  for (let waited = 0; waited < patienceMs && !(await done()); waited += LOOK_EVERY_MS) await pause(LOOK_EVERY_MS);
  return false;
}
