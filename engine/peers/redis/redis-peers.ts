import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { openRedis, redisLink } from '../../redis/link.ts';
import type { PeerChange, PeerChanges, PeerListener } from '../peer-changes.ts';

export interface RedisPeersOptions {
  readonly url: string;
  /** Whose nodes these are: installations that share one Redis do not hear each other. */
  readonly space: string;
  /** Another way to hear of peers while Redis does not answer. */
  readonly meanwhile: PeerChanges;
}

/** Changes travel at once, by Redis's publish and subscribe. What is published while nobody can hear it is told as `missed`. */
export function redisPeers({ url, space, meanwhile }: RedisPeersOptions): PeerChanges {
  const channel = `{onevisit:${space}}:changes`;
  const node = randomUUID();
  const listeners = new Set<PeerListener>();
  const everybody: PeerListener = {
    changed: (change) => listeners.forEach((listener) => listener.changed(change)),
    missed: () => listeners.forEach((listener) => listener.missed()),
  };
  let subscriber: Redis | undefined;
  let stopMeanwhile: (() => void) | undefined;

  const link = redisLink(url, {
    up() {
      // a connection of its own, for one that listens says nothing
      const opened = (subscriber = openRedis(url));
      opened.on('message', (_channel, text) => hear(text));
      opened.on('ready', () => {
        opened
          .subscribe(channel)
          .then(() => {
            stopMeanwhile?.();
            stopMeanwhile = undefined;
            everybody.missed();
          })
          .catch(() => undefined);
      });
    },
    down() {
      subscriber?.disconnect();
      subscriber = undefined;
      stopMeanwhile ??= meanwhile.listen(everybody);
    },
  });

  function hear(text: string): void {
    const heard = JSON.parse(text) as PeerChange & { node: string };
    if (heard.node !== node) everybody.changed({ caseId: heard.caseId, seq: heard.seq });
  }

  return {
    tell(change) {
      meanwhile.tell(change);
      if (subscriber) link.client.publish(channel, JSON.stringify({ node, ...change })).catch(() => undefined);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      link.stop();
      subscriber?.disconnect();
      stopMeanwhile?.();
      listeners.clear();
      await meanwhile.stop();
    },
  };
}
