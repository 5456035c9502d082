import type { JsonObject } from '../kernel/json.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { Actor, CommandOptions } from '../engine.ts';
import { messageStarts } from '../model/starts.ts';
import type { CaseRow, SubscriptionRow } from '../store/ports.ts';
import { act } from './act.ts';
import { answering } from './answering.ts';
import { decideByStep } from './command.ts';
import type { CaseDeps } from './deps.ts';
import { openCase } from './start-case.ts';

export interface Message {
  readonly name: string;
  readonly key: string | null;
  readonly variables: JsonObject;
}

/** The case that took a message, and whether it was started by it. */
export interface Taken {
  readonly caseId: string;
  readonly started: boolean;
}

/** How a message is handed out. */
export interface HandingOut {
  readonly options?: CommandOptions<Taken>;
  /** The kept message that goes with it: `message.consumed` where it was taken before. */
  readonly consumes?: string;
}

/**
 * Hands a message to the first case that waits for its name and key; where none does, starts a case of the newest version
 * with a message start event of that name. Several cases that wait alike: one gets it. `message.nobody_waits`
 */
export async function correlateMessage(
  deps: CaseDeps,
  message: Message,
  actor: Actor,
  options?: CommandOptions<Taken>,
): Promise<Taken> {
  const taken = await handOut(deps, message, actor, options && { options });
  if (taken) return taken;
  throw new Rejection(
    'not-found',
    'message.nobody_waits',
    `Expected a case that waits for message '${message.name}', but none does`,
    { name: message.name, key: message.key },
  );
}

/** The same, undefined where nobody wants it. */
export async function handOut(
  deps: CaseDeps,
  message: Message,
  actor: Actor,
  how: HandingOut = {},
): Promise<Taken | undefined> {
  const tried = new Set<string>();
  for (;;) {
    const waiting = await deps.store.findSubscriptions(message.name, message.key);
    const untried = waiting.filter(({ id, kind }) => kind !== 'signal' && !tried.has(id));
    if (untried.length === 0) break;
    for (const subscription of untried) {
      const taken = await deliver(deps, subscription, message, actor, how);
      if (taken) return taken;
      tried.add(subscription.id);
    }
    // others were first at each: somebody may have begun to wait meanwhile
  }
  return startByMessage(deps, message, actor, how);
}

/** Undefined: somebody else took the subscription first. */
async function deliver(
  deps: CaseDeps,
  { caseId, token, event }: SubscriptionRow,
  message: Message,
  actor: Actor,
  how: HandingOut,
): Promise<Taken | undefined> {
  try {
    return await act(deps, {
      caseId,
      actor,
      decide: (row, graph) =>
        decideByStep(row, graph, { type: 'deliver-message', token, event, variables: message.variables }, deps),
      result: () => ({ caseId, started: false }),
      ...how,
    });
  } catch (refusal) {
    if (isRejection(refusal, 'message.not_awaited') || isRejection(refusal, 'case.closed')) return undefined;
    throw refusal;
  }
}

async function startByMessage(
  deps: CaseDeps,
  { name, key, variables }: Message,
  actor: Actor,
  { options, consumes }: HandingOut,
): Promise<Taken | undefined> {
  for (const definition of await deps.store.listDefinitions()) {
    const graph = await deps.graphOf(definition.id);
    const startEvent = messageStarts(graph).find((each) => each.name === name)?.start;
    if (startEvent === undefined) continue;
    const number = key ?? `${definition.key}-${await deps.store.nextNumber(`message:${definition.key}`)}`;
    const start = { number, title: graph.name, applicant: null, department: null, variables, startEvent };
    const opened = { ...start, ...(consumes !== undefined && { consumes }) };
    const taken = ({ id }: CaseRow) => ({ caseId: id, started: true });
    return taken(await openCase(deps, definition, opened, actor, answering(options, taken)));
  }
  return undefined;
}
