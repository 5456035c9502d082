import type { DefinitionSummary } from '../../../engine/index.ts';
import type { Finding as ModelFinding } from '../../../engine/model/finding.ts';
import type { Limit as ModelLimit, ProcessGraph } from '../../../engine/model/graph.ts';
import { startsByHand } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { holds } from '../../http/permit.ts';
import { instant, personReference } from '../present.ts';
import type { Limit } from '../vocabulary.ts';
import type { DefinitionBrief, Finding } from './schema.ts';

export function presentDefinition(
  house: House,
  definition: DefinitionSummary,
  graph: ProcessGraph,
  viewer: Person,
): DefinitionBrief {
  return {
    id: definition.id,
    key: definition.key,
    version: definition.version,
    name: definition.name,
    deployedAt: instant(definition.deployedAt),
    deployedBy: personReference(house, definition.deployedBy),
    can: { start: holds(viewer, 'cases.start') && startsByHand(graph) },
  };
}

export async function presentDefinitions(
  house: House,
  definitions: readonly DefinitionSummary[],
  viewer: Person,
): Promise<DefinitionBrief[]> {
  return Promise.all(
    definitions.map(async (each) => presentDefinition(house, each, await house.engine.getGraph(each.id), viewer)),
  );
}

export function presentLimit(limit: ModelLimit | undefined): Limit | null {
  return limit ? { value: limit.value, unit: limit.unit } : null;
}

export function presentFinding({ related, ...finding }: ModelFinding): Finding {
  return { ...finding, ...(related && { related: [...related] }) };
}
