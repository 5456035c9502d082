import type { ParsedNode } from '../parsed-model.ts';
import type { LintContext } from './rule.ts';

/** Where a token at a node may go next, boundary events of the node included. References that lead nowhere are left out. */
export function nextNodes({ byId, outgoing, boundary }: LintContext, node: ParsedNode): string[] {
  const targets = outgoing(node.id)
    .map((flow) => flow.target)
    .filter((id) => id !== undefined && byId.get(id)?.scope === node.scope);
  return [...(targets as string[]), ...boundary(node.id).map((event) => event.id)];
}

/**
 * Strongly connected components with a cycle (Tarjan, without recursion: 20,000 nodes in a row must not end the stack).
 * Each in the order of `nodes`.
 */
export function findCycles(nodes: readonly string[], next: (id: string) => readonly string[]): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const held: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];
  const position = new Map(nodes.map((id, at) => [id, at]));

  const enter = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.get(id)!);
    held.push(id);
    onStack.add(id);
    return { id, targets: next(id).filter((target) => position.has(target)), at: 0 };
  };
  for (const root of nodes) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (top.at < top.targets.length) {
        const target = top.targets[top.at++]!;
        if (!index.has(target)) path.push(enter(target));
        else if (onStack.has(target)) low.set(top.id, Math.min(low.get(top.id)!, index.get(target)!));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(top.id)!));
      if (low.get(top.id) !== index.get(top.id)) continue;
      const members = held.splice(held.lastIndexOf(top.id));
      members.forEach((member) => onStack.delete(member));
      if (members.length > 1 || top.targets.includes(top.id)) {
        cycles.push(members.sort((a, b) => position.get(a)! - position.get(b)!));
      }
    }
  }
  return cycles;
}
