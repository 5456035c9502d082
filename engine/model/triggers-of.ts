import type { Node, Trigger } from './graph.ts';

const NONE: readonly Trigger[] = Object.freeze([]);

/** Everything an event waits for or does, whether it is one thing, several or none. */
export function triggersOf(node: Node): readonly Trigger[] {
  return node.triggers ?? (node.trigger ? [node.trigger] : NONE);
}
