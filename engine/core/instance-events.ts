import type { JsonObject } from '../kernel/json.ts';
import type { InstanceEvent, Node } from '../model/graph.ts';
import { throwEscalation } from './escalations.ts';
import { Trouble, type Run } from './run.ts';
import { throwSignal } from './signals.ts';
import type { Scope } from './state.ts';
import { nameOf } from './triggers/name.ts';

/** One event to throw, its name already evaluated. */
export type DueEvent = { readonly type: 'signal' | 'escalation'; readonly name: string };

/**
 * What a multi-instance activity throws when its `completed`th instance has ended (BPMN 2.0.2 §13.3.7). Evaluated before
 * anything is written. Trouble `condition.not_boolean`
 */
export function dueEvents(run: Run, node: Node, completed: number, variables: JsonObject): DueEvent[] {
  return (node.multi!.throws ?? [])
    .filter((thrown) => isDue(run, thrown, completed, variables))
    .flatMap(({ triggers }) => triggers)
    .flatMap((trigger): DueEvent[] => {
      if (trigger.type === 'signal') return [{ type: 'signal', name: nameOf(run, trigger, variables) }];
      return trigger.type === 'escalation' ? [{ type: 'escalation', name: trigger.code ?? '' }] : [];
    });
}

function isDue(run: Run, { when, condition }: InstanceEvent, completed: number, variables: JsonObject): boolean {
  if (when !== 'condition') return when === 'each' || completed === 1;
  const { value } = run.evaluate(condition!, variables);
  if (typeof value === 'boolean') return value;
  throw new Trouble(
    'condition.not_boolean',
    `Expected '${condition!.text}' to be true or false, but it gave ${JSON.stringify(value)}`,
  );
}

/** Boundary events of the activity are the first to catch them. What caught one may have ended the body. */
export function throwDue(run: Run, node: Node, body: Scope, due: readonly DueEvent[], carried: JsonObject): void {
  for (const { type, name } of due) {
    if (!run.state.scopes[body.id]) return;
    if (type === 'signal') throwSignal(run, node.id, name, carried);
    else throwEscalation(run, { token: run.token(body.owner!), scope: body.parent! }, node.id, name, carried);
  }
}
