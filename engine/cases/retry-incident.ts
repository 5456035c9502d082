import { Rejection } from '../kernel/rejection.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { IncidentRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';

/** `incident.not_found` */
export async function getIncident({ store }: CaseDeps, id: string): Promise<IncidentRow> {
  const incident = await store.findIncident(id);
  if (!incident) throw notFound(id);
  return incident;
}

/** Takes the parked token up again. `incident.not_found`; a new incident opens when the cause is still there. */
export async function retryIncident(
  deps: CaseDeps,
  id: string,
  actor: Actor,
  options?: CommandOptions<IncidentRow>,
): Promise<IncidentRow> {
  const incident = await getIncident(deps, id);
  return act(deps, {
    caseId: incident.caseId,
    actor,
    decide: (row, graph) => {
      if (!row.state.tokens[incident.token]?.incident) throw notFound(id);
      return decideByStep(row, graph, { type: 'retry', token: incident.token }, deps);
    },
    result: () => incident,
    ...(options && { options }),
  });
}

function notFound(id: string): Rejection {
  return new Rejection(
    'not-found',
    'incident.not_found',
    `Expected incident '${id}', but it is resolved or never was`,
    { incident: id },
  );
}
