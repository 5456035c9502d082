import type { Node } from '../node.ts';
import { pause, type Fault } from './fault.ts';
import { whileStoreIsAway } from './store-away.ts';

/** How soon a load balancer must hear of it, ms. */
const TOLD_WITHIN_MS = 15_000;

/**
 * The network between one node and MongoDB is gone for so many ms, while the others go on: it lets nothing through, or
 * breaks every connection. Meanwhile the node says that it is not ready, and the others are.
 */
export function partNode(how: 'silent' | 'refused', forMs: number): Fault {
  return async (city, _run, chance) => {
    const victim = Math.floor(chance() * city.nodes.length);
    const proxy = city.doors!.proxies[victim]!;
    const begin = Date.now();
    const rest = () => pause(forMs - (Date.now() - begin));
    await whileStoreIsAway(city, async () => {
      if (how === 'silent') proxy.silence();
      else proxy.refuse();
      await until(city.nodes[victim]!, 503);
      for (const [index, node] of city.nodes.entries()) if (index !== victim) await until(node, 200);
      await rest();
      proxy.mend();
      await until(city.nodes[victim]!, 200);
    }, [victim]);
    return `one node without its store for ${forMs / 1_000} s (${how})`;
  };
}

/** Rejects when /health/ready does not answer so in time. */
async function until({ url }: Node, status: number): Promise<void> {
  const deadline = Date.now() + TOLD_WITHIN_MS;
  for (;;) {
    const last = await fetch(`${url}/health/ready`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (last === status) return;
    if (Date.now() > deadline) throw new Error(`${url}/health/ready answers ${last} instead of ${status}`);
    await pause(50);
  }
}
