import { correlateMessage } from '../cases/correlate-message.ts';
import { publishMessage } from '../cases/publish-message.ts';
import { SYSTEM } from '../cases/deps.ts';
import type { JobRow } from '../store/ports.ts';
import { variablesOfJob } from './job-variables.ts';
import type { JobDeps } from './run-job.ts';
import { textOf } from './value-of.ts';

/**
 * A send task or throw event hands its message to a waiting case, or starts one. Nobody waiting
 * is a failure: it is tried again and becomes an incident, because a lost message between departments must be seen. One with
 * a time to live is kept for those who wait later.
 */
export async function sendMessage(deps: JobDeps, job: JobRow): Promise<void> {
  const { node, variables } = await variablesOfJob(deps, job);
  const { message, messages } = node.job!;
  const { name, nameExpression, key, timeToLive } = messages?.[Number(job.payload.sent ?? 0)] ?? message!;
  const now = deps.clock.now();
  const sent = {
    name: nameExpression ? await textOf(nameExpression, variables, now) : name,
    key: key ? await textOf(key, variables, now) : null,
    variables,
  };
  if (!timeToLive) await correlateMessage(deps, sent, SYSTEM);
  // the job is the message: a job that is done twice publishes once
  else
    await publishMessage(deps, { ...sent, timeToLive: await textOf(timeToLive, variables, now), id: job.id }, SYSTEM);
}
