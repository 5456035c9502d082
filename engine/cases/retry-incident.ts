import { Rejection } from '../kernel/rejection.ts';
import type { Actor } from '../engine.ts';
import type { IncidentRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';

/** Takes the parked token up again. `incident.not_found`; a new incident opens when the cause is still there. */
export async function retryIncident(deps: CaseDeps, id: string, actor: Actor): Promise<IncidentRow> {
  const incident = await deps.store.findIncident(id);
  if (!incident) throw notFound(id);
  await act(deps, {
    caseId: incident.caseId,
    actor,
    decide: (row, graph) => {
      if (!row.state.tokens[incident.token]?.incident) throw notFound(id);
      return decideByStep(row, graph, { type: 'retry', token: incident.token }, deps);
    },
    result: () => undefined,
  });
  return incident;
}

function notFound(id: string): Rejection {
  return new Rejection(
    'not-found',
    'incident.not_found',
    `Expected incident '${id}', but it is resolved or never was`,
    { incident: id },
  );
}
