import type { JsonObject } from '../kernel/json.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { Actor } from '../engine.ts';
import type { SubscriptionRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';
import { startCase } from './start-case.ts';

export interface Message {
  readonly name: string;
  readonly key: string | null;
  readonly variables: JsonObject;
}

/**
 * Hands a message to the first case that waits for its name and key; where none does, starts a case of the newest version
 * with a message start event of that name. `message.nobody_waits`
 */
export async function correlateMessage(
  deps: CaseDeps,
  message: Message,
  actor: Actor,
): Promise<{ caseId: string; started: boolean }> {
  for (const subscription of await deps.store.findSubscriptions(message.name, message.key)) {
    if (subscription.kind === 'signal') continue;
    if (await deliver(deps, subscription, message, actor)) return { caseId: subscription.caseId, started: false };
  }
  const started = await startByMessage(deps, message, actor);
  if (started) return { caseId: started, started: true };
  throw new Rejection(
    'not-found',
    'message.nobody_waits',
    `Expected a case that waits for message '${message.name}', but none does`,
    { name: message.name, key: message.key },
  );
}

/** False: somebody else took the subscription first. */
async function deliver(
  deps: CaseDeps,
  { caseId, token, event }: SubscriptionRow,
  message: Message,
  actor: Actor,
): Promise<boolean> {
  try {
    return await act(deps, {
      caseId,
      actor,
      decide: (row, graph) =>
        decideByStep(
          row,
          graph,
          { type: 'deliver-message', token, event, variables: message.variables },
          deps.clock.now(),
        ),
      result: () => true,
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
): Promise<string | undefined> {
  for (const definition of await deps.store.listDefinitions()) {
    const graph = await deps.graphOf(definition.id);
    const start = graph.entries['']!.find((id) => {
      const { kind, trigger } = graph.nodes[id]!;
      return kind === 'startEvent' && trigger?.type === 'message' && trigger.name === name;
    });
    if (start === undefined) continue;
    const number = key ?? `${definition.key}-${await deps.store.nextNumber(`message:${definition.key}`)}`;
    const row = await startCase(
      deps,
      {
        definitionKey: definition.key,
        number,
        title: graph.name,
        applicant: null,
        department: null,
        variables,
        startEvent: start,
      },
      actor,
    );
    return row.id;
  }
  return undefined;
}
