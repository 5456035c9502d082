import type { JsonObject } from '../kernel/json.ts';
import { variablesOfJob } from './job-variables.ts';
import type { JobDeps } from './run-job.ts';
import type { JobRow } from '../store/ports.ts';
import { textOf, valueOf } from './value-of.ts';

/** Runs the HTTP connector of a service task. The job id is sent as Idempotency-Key: a repeated call is the same call. */
export async function callService(deps: JobDeps, job: JobRow): Promise<JsonObject> {
  const { node, variables } = await variablesOfJob(deps, job);
  const now = deps.clock.now();
  const { method, url, body, result } = node.job!.http!;
  const answer = await deps.connectors.http({
    method,
    url: await textOf(url, variables, now),
    ...(body && { body: await valueOf(body, variables, now) }),
    idempotencyKey: job.id,
  });
  if (result !== undefined) return { [result]: answer };
  return answer !== null && typeof answer === 'object' && !Array.isArray(answer) ? answer : {};
}
