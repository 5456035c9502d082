import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import type { JobRow } from '../store/ports.ts';
import { commitOnce } from './act.ts';
import type { CaseDeps } from './deps.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** A signal on its way: `from` has it already, `after` says how far the waiting cases have been told. */
export interface Broadcast {
  readonly name: string;
  readonly variables: JsonObject;
  readonly actor: string;
  readonly from: string | null;
  readonly after: string | null;
}

export function broadcastJob(id: string, broadcast: Broadcast, now: number): JobRow {
  return {
    ...newJob('', '', '', now),
    id,
    kind: 'signal',
    maxAttempts: UNLIMITED,
    payload: broadcast as unknown as JsonObject,
  };
}

/**
 * Sends a signal to every case that waits for it and starts a case at every signal start event of a newest version
 * (BPMN 2.0.2 §10.5.4). It is on its way for good when this resolves; nobody waiting is no failure.
 */
export async function broadcastSignal(
  deps: CaseDeps,
  { name, variables }: { name: string; variables: JsonObject },
  actor: Actor,
  options?: CommandOptions<{ id: string }>,
): Promise<{ id: string }> {
  const now = deps.clock.now();
  const id = `signal.${newId(now)}`;
  const job = broadcastJob(id, { name, variables, actor: actor.id, from: null, after: null }, now);
  const receipt = options?.receipt?.({ id });
  await commitOnce(deps, { jobs: { put: [job], remove: [] }, ...(receipt && { receipt }) });
  deps.due(now);
  return { id };
}
