import { Rejection } from '../../../engine/kernel/rejection.ts';
import type { DefinitionRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import {
  findNewestVersion,
  findStartForm,
  getVersion,
  itemOf,
  startsByHand,
} from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { holds } from '../../http/permit.ts';
import { presentLimit } from '../definitions/present.ts';
import { departmentReference } from '../present.ts';
import { presentForm, presentMaterials } from './present.ts';
import type { Item, ItemDetail } from './schema.ts';

/** The newest version of each process that a person can start, sorted by name. */
export async function listItems(house: House, viewer: Person): Promise<Item[]> {
  const items: Item[] = [];
  for (const { id } of await house.store.listDefinitions()) {
    const graph = await house.engine.getGraph(id);
    if (startsByHand(graph)) items.push(presentItem(house, await getVersion(house.engine, id), graph, viewer));
  }
  return items.sort((a, b) => a.name.localeCompare(b.name, 'zh'));
}

/** One item with its guide. `item.not_found` */
export async function getItem(house: House, key: string, viewer: Person): Promise<ItemDetail> {
  const definition = await findNewestVersion(house.engine, key);
  const graph = definition && (await house.engine.getGraph(definition.id));
  if (!definition || !graph || !startsByHand(graph))
    throw new Rejection('not-found', 'item.not_found', `Expected item '${key}', but there is none`, { item: key });
  const { steps = [] } = itemOf(definition);
  return {
    ...presentItem(house, definition, graph, viewer),
    form: presentForm(findStartForm(definition, graph)),
    materials: presentMaterials(definition),
    steps: [...steps],
  };
}

function presentItem(house: House, definition: DefinitionRow, graph: ProcessGraph, viewer: Person): Item {
  const item = itemOf(definition);
  return {
    key: definition.key,
    name: item.name ?? definition.name,
    summary: item.summary ?? '',
    department: item.department ? departmentReference(house, item.department) : null,
    promise: presentLimit(graph.limit),
    can: { start: holds(viewer, 'cases.start') },
  };
}
