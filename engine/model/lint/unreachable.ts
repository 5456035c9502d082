import { entriesOf } from '../entries.ts';
import { nextNodes } from './walk.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

export const rule = defineRule('unreachable', (context, report) => {
  const { nodes, byId, inside, incoming } = context;
  const scopes = ['', ...new Set(nodes.map(({ scope }) => scope))];
  const starts = scopes.flatMap((scope) =>
    entriesOf(inside(scope), (id) => incoming(id).length > 0).map((node) => node.id),
  );
  const reached = new Set<string>();
  const scopesWithStart = new Set(starts.map((id) => byId.get(id)!.scope));
  for (let id = starts.pop(); id !== undefined; id = starts.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    starts.push(...nextNodes(context, byId.get(id)!));
  }
  for (const node of nodes) {
    // without a start event nothing is reached; start-event-required says so once
    if (reached.has(node.id) || node.triggeredByEvent || node.isForCompensation || !scopesWithStart.has(node.scope))
      continue;
    report.warning(
      node.id,
      `${named(node).zh}从开始事件走不到，永远不会执行`,
      `${named(node).en} cannot be reached from a start event and never runs`,
    );
  }
});
