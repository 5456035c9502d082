import type { Node, Trigger } from '../model/graph.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { startsListening } from './event-sub-process.ts';
import type { Run } from './run.ts';
import { ownerToken } from './scope.ts';
import type { Token } from './state.ts';

/** What is thrown and travels outwards until something catches it. */
type Thrown = Extract<Trigger, { type: 'error' | 'escalation' }>;

/** The event that catches, and where it stands; `activity` only with a boundary event. */
export interface Catcher<Type extends Thrown['type']> {
  event: Node;
  trigger: Extract<Thrown, { type: Type }>;
  scope: string;
  activity?: Token;
}

/**
 * Looks outwards from where something was thrown for the nearest event sub-process or boundary event that catches its
 * code (BPMN 2.0.2 §10.5.6). What an event sub-process throws, it does not catch itself.
 */
export function findCatcher<Type extends Thrown['type']>(
  run: Run,
  from: { token?: Token; scope: string },
  type: Type,
  code: string,
): Catcher<Type> | undefined {
  let holder = from.token;
  let isOver = false;
  let scopeId = from.scope;
  let thrower: string | undefined;
  for (;;) {
    if (holder) {
      const scope = run.state.scopes[holder.scope]!;
      // boundary events of a multi-instance activity sit on the body, not on each instance
      if (scope.kind === 'instance' && scope.node === holder.node) holder = ownerToken(run, scope)!;
      const node = run.node(holder.node);
      const events = isOver ? [] : node.boundary.map((id) => run.node(id));
      const caught = catching(events, type, code);
      if (caught) return { ...caught, scope: holder.scope, activity: holder };
      scopeId = holder.scope;
      if (node.triggeredByEvent) thrower = node.id;
    }
    const starts = startsListening(run, scopeId).filter((start) => start.scope !== thrower);
    const caught = catching(starts, type, code);
    if (caught) return { ...caught, scope: scopeId };
    const scope = run.state.scopes[scopeId]!;
    holder = ownerToken(run, scope);
    if (!holder) return undefined;
    // what is being undone has ended: its boundary events catch no more
    isOver = scope.kind === 'compensation';
  }
}

/** An event that names the code comes before one that takes every code; else the first in the model. */
function catching<Type extends Thrown['type']>(
  events: readonly Node[],
  type: Type,
  code: string,
): Pick<Catcher<Type>, 'event' | 'trigger'> | undefined {
  const found = events.flatMap((event) =>
    triggersOf(event)
      .filter((trigger): trigger is Extract<Thrown, { type: Type }> => trigger.type === type)
      .map((trigger) => ({ event, trigger })),
  );
  return found.find(({ trigger }) => trigger.code === code) ?? found.find(({ trigger }) => trigger.code === undefined);
}
