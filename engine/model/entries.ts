import type { ParsedNode } from './parsed-model.ts';

/**
 * Where a process or sub-process begins: its start events and what instantiates it, or without any every node that no flow leads to
 * (BPMN 2.0.2 §10.4.2, §13.3.4). In an ad-hoc sub-process these are the activities to choose from.
 */
export function entriesOf(inside: readonly ParsedNode[], hasIncoming: (id: string) => boolean): readonly ParsedNode[] {
  const starts = inside.filter((node) => node.type === 'startEvent' || node.instantiate);
  return starts.length > 0 ? starts : inside.filter((node) => beginsUncalled(node) && !hasIncoming(node.id));
}

/** Boundary events, handlers and link targets have no incoming flow either, but something else leads there. */
function beginsUncalled(node: ParsedNode): boolean {
  const isLink = node.events.some((event) => event.type === 'link');
  return node.type !== 'boundaryEvent' && !node.triggeredByEvent && !node.isForCompensation && !isLink;
}
