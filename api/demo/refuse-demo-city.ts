import type { Store } from '../../engine/store/ports.ts';
import { keptTime } from './movable-clock.ts';
import { loadDirectory, type Directory } from '../../processes/directory/index.ts';

/**
 * Production must not be open to people whose names everybody knows. Throws where the directory still has some of the demo
 * city (a copy of its files that was not finished), or where the store was filled in demo mode: its API token and its
 * cases are in there; or where its clock was moved.
 */
export async function refuseDemoCity(store: Store, directory: Directory): Promise<void> {
  const known = new Set(loadDirectory().people.map(({ id }) => id));
  const demo = directory.people.filter(({ id }) => known.has(id)).map(({ id }) => id);
  if (demo.length > 0)
    throw new Error(`ONEVISIT_DIRECTORY: production refuses people of the demo city: ${demo.join(', ')}`);
  if (await store.getDocument('demo', 'seeded'))
    throw new Error('This store was filled in demo mode; production needs an empty one (ONEVISIT_DATA or MONGODB_URI)');
  if ((await keptTime(store)).aheadMs > 0)
    throw new Error('The clock of this store was moved in demo mode: what it holds was written in the future');
}
