import type { CaseDeps } from '../cases/deps.ts';
import { visibleVariables } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Node } from '../model/graph.ts';
import type { CaseRow, JobRow } from '../store/ports.ts';

/** The case, the element and the variables a job works with, as they are now. `job.not_found` when its token has gone on. */
export async function variablesOfJob(
  deps: CaseDeps,
  job: JobRow,
): Promise<{ row: CaseRow; node: Node; variables: JsonObject }> {
  const row = await deps.store.findCase(job.caseId);
  const token = row?.state.tokens[job.token];
  if (!row || !token)
    throw new Rejection('not-found', 'job.not_found', `Expected job '${job.id}', but its token is gone`, {
      job: job.id,
    });
  const graph = await deps.graphOf(row.definitionId);
  return { row, node: graph.nodes[job.node]!, variables: visibleVariables(row, token.scope, token.locals) };
}
