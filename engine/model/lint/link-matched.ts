import { linkOf } from '../link-flows.ts';
import type { ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** The ends of one link in one scope. */
interface Link {
  readonly throws: ParsedNode[];
  readonly catches: ParsedNode[];
}

/** A link leads from its throwing events to the one catching event of its name in the same process or sub-process. */
export const rule = defineRule('link-matched', ({ nodes, flows }, report) => {
  const into = new Set(flows.map(({ target }) => target));
  const from = new Set(flows.map(({ source }) => source));
  const links = new Map<string, Link>();
  for (const node of nodes) {
    const name = linkOf(node);
    if (name === undefined) continue;
    const { zh, en } = named(node);
    if (name === '') {
      report.error(node.id, `${zh}没有链接名称`, `${en} names no link`);
      continue;
    }
    const key = JSON.stringify([node.scope, name]);
    const link: Link = links.get(key) ?? { throws: [], catches: [] };
    links.set(key, link);
    if (node.type === 'intermediateCatchEvent') {
      link.catches.push(node);
      if (into.has(node.id))
        report.error(
          node.id,
          `${zh}由链接到达，不能有流入的顺序流`,
          `${en} is reached by its link and cannot have incoming sequence flows`,
        );
    } else {
      link.throws.push(node);
      if (from.has(node.id))
        report.error(
          node.id,
          `${zh}由链接离开，不能有流出的顺序流`,
          `${en} is left by its link and cannot have outgoing sequence flows`,
        );
    }
  }
  for (const { throws, catches } of links.values()) {
    const name = short(linkOf((throws[0] ?? catches[0])!)!);
    for (const { id } of catches.slice(1))
      report.error(id, `链接“${name}”已经有另一个捕获事件`, `Link '${name}' is caught by another event already`);
    if (throws.length === 0)
      report.error(
        catches[0]!.id,
        `同一层中没有抛出链接“${name}”的事件`,
        `Nothing in this scope throws link '${name}'`,
      );
    if (catches.length === 0)
      for (const { id } of throws)
        report.error(id, `同一层中没有捕获链接“${name}”的事件`, `Nothing in this scope catches link '${name}'`);
  }
});
