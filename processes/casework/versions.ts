import type { Engine } from '../../engine/engine.ts';
import type { DefinitionRow } from '../../engine/store/ports.ts';

const CAPACITY = 200;

interface Kept {
  versions: Map<string, DefinitionRow>;
  /** Key to the id of the version that was the newest when it was last asked for. */
  newest: Map<string, string>;
}

const kept = new WeakMap<Engine, Kept>();

function keptBy(engine: Engine): Kept {
  const known = kept.get(engine) ?? { versions: new Map(), newest: new Map() };
  kept.set(engine, known);
  return known;
}

/** A version with its file and forms, read once: versions never change. `definition.not_found` */
export async function getVersion(engine: Engine, id: string): Promise<DefinitionRow> {
  const { versions } = keptBy(engine);
  const known = versions.get(id);
  if (known) return known;
  const version = await engine.getDefinition(id);
  versions.set(id, version);
  if (versions.size > CAPACITY) versions.delete(versions.keys().next().value!);
  return version;
}

/** The name of a version that was read before; its id where it was not. For places that cannot wait. */
export function nameOfVersion(engine: Engine, id: string): string {
  return keptBy(engine).versions.get(id)?.name ?? id;
}

/** The newest version of a key. Asks the store which one that is, not for the file again. */
export async function findNewestVersion(engine: Engine, key: string): Promise<DefinitionRow | undefined> {
  const found = await engine.store.latestDefinition(key);
  if (!found) return undefined;
  const { newest } = keptBy(engine);
  newest.set(key, found.id);
  if (newest.size > CAPACITY) newest.delete(newest.keys().next().value!);
  return getVersion(engine, found.id);
}

/** The version that was the newest when this node asked last. It may not be any more. */
export function lastNewestVersion(engine: Engine, key: string): DefinitionRow | undefined {
  const { newest, versions } = keptBy(engine);
  const id = newest.get(key);
  return id === undefined ? undefined : versions.get(id);
}
