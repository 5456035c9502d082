import { nextNodes } from './walk.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** From every element there should be a way to an end, or cases pile up before it. */
export const rule = defineRule('end-reachable', (context, report) => {
  const { nodes } = context;
  const previous = new Map<string, string[]>();
  const open: string[] = [];
  for (const node of nodes) {
    const next = nextNodes(context, node);
    // a branch that stops is an end of its own; dead-end speaks about it
    if (next.length === 0) open.push(node.id);
    for (const id of next) {
      const before = previous.get(id);
      if (before) before.push(node.id);
      else previous.set(id, [node.id]);
    }
  }
  const reaching = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reaching.has(id)) continue;
    reaching.add(id);
    for (const before of previous.get(id) ?? []) open.push(before);
  }
  for (const node of nodes) {
    if (reaching.has(node.id)) continue;
    report.warning(
      node.id,
      `从${named(node).zh}出发走不到任何结束事件`,
      `No end can be reached from ${named(node).en}`,
    );
  }
});
