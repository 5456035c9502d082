import type { ParsedNode } from '../parsed-model.ts';
import { standsBeside, waitsItself } from '../soundness/token-roles.ts';
import { defineRule } from './rule.ts';
import { findCycles, nextNodes } from './walk.ts';
import { named } from './words.ts';

/** A loop that waits for nothing runs until the step budget ends it, unless its own data stop it first. */
export const rule = defineRule('endless-loop', (context, report) => {
  const { nodes, byId } = context;
  const waits = new Set<string>();
  for (const node of nodes) {
    if (!waitsItself(node) && !isAwaited(node)) continue;
    // a sub-process waits when something in it does that its own flow comes to
    for (let at: ParsedNode | undefined = node; at && !waits.has(at.id); at = byId.get(at.scope)) {
      if (standsBeside(at)) break;
      waits.add(at.id);
    }
  }
  const running = nodes.filter((node) => !waits.has(node.id)).map((node) => node.id);
  for (const cycle of findCycles(running, (id) => nextNodes(context, byId.get(id)!))) {
    const first = byId.get(cycle[0]!)!;
    report.warning(
      first.id,
      `经过${named(first).zh}的回路中没有任何等待环节，可能无限循环`,
      `The loop through ${named(first).en} waits for nothing and may never end`,
    );
  }
});

/** A boundary event comes when it comes; an error or escalation from inside may come at once. */
function isAwaited(node: ParsedNode): boolean {
  return (
    node.type === 'boundaryEvent' && node.events.every((event) => event.type !== 'error' && event.type !== 'escalation')
  );
}
