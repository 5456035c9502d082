import type { Engine } from '../../engine/engine.ts';
import type { DefinitionRow } from '../../engine/store/ports.ts';

const CAPACITY = 200;

const kept = new WeakMap<Engine, Map<string, DefinitionRow>>();

/** A version with its file and forms, read once: versions never change. `definition.not_found` */
export async function getVersion(engine: Engine, id: string): Promise<DefinitionRow> {
  const versions = kept.get(engine) ?? new Map<string, DefinitionRow>();
  kept.set(engine, versions);
  const known = versions.get(id);
  if (known) return known;
  const version = await engine.getDefinition(id);
  versions.set(id, version);
  if (versions.size > CAPACITY) versions.delete(versions.keys().next().value!);
  return version;
}

/** The name of a version that was read before; its id where it was not. For places that cannot wait. */
export function nameOfVersion(engine: Engine, id: string): string {
  return kept.get(engine)?.get(id)?.name ?? id;
}

/** The newest version of a key. Asks the store which one that is, not for the file again. */
export async function findNewestVersion(engine: Engine, key: string): Promise<DefinitionRow | undefined> {
  const newest = await engine.store.latestDefinition(key);
  return newest && getVersion(engine, newest.id);
}
