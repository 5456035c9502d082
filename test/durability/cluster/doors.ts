import { openFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts';
import { throughProxy } from '../../support/proxied.ts';

/** The way of each node to MongoDB: a proxy of its own. */
export interface Doors {
  readonly proxies: readonly FaultProxy[];
  environment(node: number): { MONGODB_URI: string };
  close(): Promise<void>;
}

/** `options`: of the addresses, for example limits of time. Rejects where no proxy can stand in front of the server. */
export async function openDoors(uri: string, nodes: number, options: string): Promise<Doors> {
  const target = await throughProxy.target(uri);
  if (!target) throw new Error('NOT TESTED: no proxy can stand in front of this MongoDB (TLS, or found by DNS)');
  const proxies = await Promise.all(Array.from({ length: nodes }, () => openFaultProxy(target)));
  return {
    proxies,
    environment: (node) => ({ MONGODB_URI: throughProxy.uri(uri, proxies[node]!.port, options) }),
    close: async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))),
  };
}
