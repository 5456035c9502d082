import type { ProcessGraph, Trigger } from './graph.ts';
import { startKey } from './starts.ts';
import { triggersOf } from './triggers-of.ts';

/** A start event of the process that an event triggers, by the name the start command calls it. */
export interface EventStart<Type extends Trigger['type']> {
  readonly start: string;
  readonly trigger: Extract<Trigger, { type: Type }>;
}

/** The start events of the process itself that wait for this kind of event (BPMN 2.0.2 §10.5.2). */
export function eventStarts<Type extends Trigger['type']>(graph: ProcessGraph, type: Type): EventStart<Type>[] {
  const starts = (graph.entries[''] ?? []).map((id) => graph.nodes[id]!).filter(({ kind }) => kind === 'startEvent');
  return starts.flatMap((node) =>
    triggersOf(node).flatMap((trigger, index) =>
      trigger.type === type
        ? [{ start: startKey(node, index), trigger: trigger as Extract<Trigger, { type: Type }> }]
        : [],
    ),
  );
}
