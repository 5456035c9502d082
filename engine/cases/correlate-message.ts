import type { JsonObject } from '../kernel/json.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { Actor } from '../engine.ts';
import { messageStarts } from '../model/starts.ts';
import type { SubscriptionRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';
import { openCase } from './start-case.ts';

export interface Message {
  readonly name: string;
  readonly key: string | null;
  readonly variables: JsonObject;
}

/**
 * Hands a message to the first case that waits for its name and key; where none does, starts a case of the newest version
 * with a message start event of that name. Several cases that wait alike: one gets it. `message.nobody_waits`
 */
export async function correlateMessage(
  deps: CaseDeps,
  message: Message,
  actor: Actor,
): Promise<{ caseId: string; started: boolean }> {
  const taken = await handOut(deps, message, actor);
  if (taken) return taken;
  throw new Rejection(
    'not-found',
    'message.nobody_waits',
    `Expected a case that waits for message '${message.name}', but none does`,
    { name: message.name, key: message.key },
  );
}

/** The same, undefined where nobody wants it. With `consumes` the kept message goes with it: `message.consumed`. */
export async function handOut(
  deps: CaseDeps,
  message: Message,
  actor: Actor,
  consumes?: string,
): Promise<{ caseId: string; started: boolean } | undefined> {
  const subscriptions = await deps.store.findSubscriptions(message.name, message.key);
  for (const subscription of subscriptions) {
    if (subscription.kind === 'signal') continue;
    if (await deliver(deps, subscription, message, actor, consumes))
      return { caseId: subscription.caseId, started: false };
  }
  const started = await startByMessage(deps, message, actor, consumes);
  return started === undefined ? undefined : { caseId: started, started: true };
}

/** False: somebody else took the subscription first. */
async function deliver(
  deps: CaseDeps,
  { caseId, token, event }: SubscriptionRow,
  message: Message,
  actor: Actor,
  consumes: string | undefined,
): Promise<boolean> {
  try {
    return await act(deps, {
      caseId,
      actor,
      decide: (row, graph) =>
        decideByStep(row, graph, { type: 'deliver-message', token, event, variables: message.variables }, deps),
      result: () => true,
      ...(consumes !== undefined && { consumes }),
    });
  } catch (refusal) {
    if (isRejection(refusal, 'message.not_awaited') || isRejection(refusal, 'case.closed')) return false;
    throw refusal;
  }
}

async function startByMessage(
  deps: CaseDeps,
  { name, key, variables }: Message,
  actor: Actor,
  consumes: string | undefined,
): Promise<string | undefined> {
  for (const definition of await deps.store.listDefinitions()) {
    const graph = await deps.graphOf(definition.id);
    const startEvent = messageStarts(graph).find((each) => each.name === name)?.start;
    if (startEvent === undefined) continue;
    const number = key ?? `${definition.key}-${await deps.store.nextNumber(`message:${definition.key}`)}`;
    const start = { number, title: graph.name, applicant: null, department: null, variables, startEvent };
    return (await openCase(deps, definition, { ...start, ...(consumes !== undefined && { consumes }) }, actor)).id;
  }
  return undefined;
}
