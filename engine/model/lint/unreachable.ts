import { nextNodes } from './walk.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('unreachable', (context, report) => {
  const { nodes, byId } = context;
  const starts = nodes.filter((node) => node.type === 'startEvent').map((node) => node.id);
  const reached = new Set<string>();
  const scopesWithStart = new Set(nodes.filter((node) => node.type === 'startEvent').map((node) => node.scope));
  for (let id = starts.pop(); id !== undefined; id = starts.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    starts.push(...nextNodes(context, byId.get(id)!));
  }
  for (const node of nodes) {
    // without a start event nothing is reached; start-event-required says so once
    if (reached.has(node.id) || node.triggeredByEvent || !scopesWithStart.has(node.scope)) continue;
    report.warning(
      node.id,
      `${named(node).zh}从开始事件走不到，永远不会执行`,
      `${named(node).en} cannot be reached from a start event and never runs`,
    );
  }
});
