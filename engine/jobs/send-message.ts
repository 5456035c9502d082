import { correlateMessage } from '../cases/correlate-message.ts';
import { SYSTEM } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';
import { variablesOfJob } from './job-variables.ts';
import type { JobDeps } from './run-job.ts';
import { textOf } from './value-of.ts';

/**
 * A send task or throw event hands its message to a waiting case, or starts one. Nobody waiting is a failure: it is tried again and
 * becomes an incident, because a lost message between departments must be seen.
 */
export async function sendMessage(deps: JobDeps, job: JobRow): Promise<void> {
  const { node, variables } = await variablesOfJob(deps, job);
  const { message, messages } = node.job!;
  const { name, nameExpression, key } = messages?.[Number(job.payload.sent ?? 0)] ?? message!;
  const now = deps.clock.now();
  await correlateMessage(
    deps,
    {
      name: nameExpression ? await textOf(nameExpression, variables, now) : name,
      key: key ? await textOf(key, variables, now) : null,
      variables,
    },
    SYSTEM,
  );
}
