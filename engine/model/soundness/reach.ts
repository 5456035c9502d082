import type { Edge, Vertex } from './net.ts';

/** Edges from which a token can still come to stand on `edge`, without passing through `avoid`; `edge` itself among them. */
export function upstreamEdges(edge: Edge, avoid?: Vertex): Set<Edge> {
  const found = new Set<Edge>([edge]);
  const open = [edge];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.from === avoid) continue;
    for (const before of at.from.in) {
      if (found.has(before)) continue;
      found.add(before);
      open.push(before);
    }
  }
  return found;
}
