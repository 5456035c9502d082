import type { ParsedFlow, ParsedNode } from './parsed-model.ts';

/** The link an event stands for; undefined for every other event. */
export function linkOf(node: ParsedNode): string | undefined {
  const event = node.events[0];
  return event?.type === 'link' ? event.name : undefined;
}

/**
 * Each throwing link event as a sequence flow to the catching one of its name in its scope: a link is a flow that is not
 * drawn (BPMN 2.0.2 §10.5.5). Its id is none an element can have.
 */
export function linkFlows(nodes: readonly ParsedNode[]): ParsedFlow[] {
  const targets = new Map<string, string>();
  for (const node of nodes) {
    const link = linkOf(node);
    if (link !== undefined && node.type === 'intermediateCatchEvent')
      targets.set(JSON.stringify([node.scope, link]), node.id);
  }
  return nodes.flatMap((node) => {
    const target = node.type === 'intermediateThrowEvent' && targets.get(JSON.stringify([node.scope, linkOf(node)]));
    return target ? [{ id: `link:${node.id}`, name: '', scope: node.scope, source: node.id, target }] : [];
  });
}
