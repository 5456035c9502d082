import { Rejection } from '../../engine/kernel/rejection.ts';
import type { Store } from '../../engine/store/ports.ts';
import { versionExists } from './notice.ts';

const TRIES = 'calendar-tries';
/** After so long, ms, a write that was begun has landed, or never will: no operation of a store takes longer. */
const SETTLED_MS = 30_000;

/**
 * Lets one of those who load a version at this moment go on; a later one may when what the first wanted to write did not
 * land. `calendar.version_exists`, `calendar.version_under_way`
 */
export async function claimVersion(store: Store, collection: string, version: string, now: number): Promise<void> {
  if (await store.getDocument(collection, version)) throw versionExists(version);
  const last = (await store.getDocument(TRIES, version)) as { at: number } | undefined;
  if (last && now - last.at < SETTLED_MS) throw underWay(version);
  const counter = last ? `calendar ${version} after ${last.at}` : `calendar ${version}`;
  const isFirst = (await store.nextNumber(counter)) === 1;
  // whoever is second says so: the one who is first in the usual case writes nothing more
  if (last || !isFirst) await store.putDocument(TRIES, version, { at: now });
  if (!isFirst) throw underWay(version);
}

function underWay(version: string): Rejection {
  const expected = `Expected a new version, but '${version}' is being loaded`;
  return new Rejection('conflict', 'calendar.version_under_way', expected, { version });
}
