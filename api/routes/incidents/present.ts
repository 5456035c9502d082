import type { IncidentRow } from '../../../engine/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { holds } from '../../http/permit.ts';
import { instant } from '../present.ts';

export async function presentIncident(house: House, row: IncidentRow, viewer: Person) {
  const { definitionId } = await house.engine.getCase(row.caseId);
  const graph = await house.engine.getGraph(definitionId);
  return {
    id: row.id,
    case: { id: row.caseId, number: row.caseNumber },
    definition: { id: row.definitionKey, name: graph.name },
    node: { id: row.node, name: graph.nodes[row.node]?.name || row.node },
    code: row.code,
    message: row.message,
    openedAt: instant(row.openedAt),
    can: { retry: holds(viewer, 'incidents.handle') },
  };
}
