import type { Net, Vertex } from './net.ts';

/**
 * Takes away what no token can come to by lines alone. Only a parallel join remembers: it keeps the way in on which nothing
 * will ever come.
 */
export function prune(net: Net): void {
  const led = new Set<Vertex>([net.source, net.end, net.clear]);
  for (const vertex of led) for (const { to } of vertex.out) led.add(to);
  for (const vertex of net.vertices) {
    if (led.has(vertex)) continue;
    net.vertices.delete(vertex);
    for (const edge of vertex.out) if (edge.to.kind !== 'all-join' || !led.has(edge.to)) net.disconnect(edge);
  }
}
