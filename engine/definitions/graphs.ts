import type { PublishedOf } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import { compileStored } from '../model/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { DefinitionRow, Store } from '../store/ports.ts';

const CAPACITY = 200;

/** Compiles each stored version once and keeps the graphs used last. Versions never change, so nothing goes stale. */
export function graphCache(store: Store): { graphOf(definitionId: string): Promise<ProcessGraph> } {
  const graphs = new Map<string, Promise<ProcessGraph>>();
  return {
    graphOf(id) {
      const known = graphs.get(id);
      if (known) return known;
      const compiled = getDefinition(store, id).then(({ xml, key, resources }) =>
        compileStored(xml, key, resources.item),
      );
      graphs.set(id, compiled);
      compiled.catch(() => graphs.delete(id));
      if (graphs.size > CAPACITY) graphs.delete(graphs.keys().next().value!);
      return compiled;
    },
  };
}

/** What uploads may call. */
export function publishedIn(store: Store): PublishedOf {
  return async (key, version) => {
    const id = version === undefined ? (await store.latestDefinition(key))?.id : `${key}:${version}`;
    return id === undefined ? undefined : store.findDefinition(id);
  };
}

/** `definition.not_found` */
export async function getDefinition(store: Store, id: string): Promise<DefinitionRow> {
  const definition = await store.findDefinition(id);
  if (!definition)
    throw new Rejection('not-found', 'definition.not_found', `Expected definition '${id}', but there is none`, {
      definition: id,
    });
  return definition;
}
