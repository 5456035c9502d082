import Queue from 'bull';
import type { Redis } from 'ioredis';
import type { Clock } from '../../kernel/clock.ts';
import { openRedis, redisLink, shownAddress, within, type RedisLink } from '../../redis/link.ts';
import { inProcessWakeUp } from '../in-process-wake-up.ts';
import { HORIZON_MS, type WakeUp } from '../wake-up.ts';

export interface BullOptions {
  /** redis:// or rediss:// */
  readonly url: string;
  /** Whose nodes these are: installations that share one Redis do not wake each other. */
  readonly space: string;
  readonly clock: Clock;
  /** Whether this machine's clock is wrong. Bull goes by it, and would wake everybody too early or too late. */
  readonly clockIsWrong?: () => boolean;
  /** Told once when Redis is lost, with the reason, and once when it is back. */
  readonly onOutage?: (error: Error | undefined) => void;
}

const PATIENCE_MS = 1_000;

/**
 * Hints over Redis: each is a Bull job that carries the id of a row and nothing else, and one node takes it. While Redis
 * is away every node wakes itself, as it would alone; when it is back everything begins anew, for Redis may come back empty.
 * A node whose clock is wrong keeps out of it.
 */
export function bullWakeUp({
  url,
  space,
  clock,
  clockIsWrong = () => false,
  onOutage = () => undefined,
}: BullOptions): WakeUp {
  const alone = inProcessWakeUp(clock);
  let started = false;
  let look: (() => void) | undefined;
  let answers = false;
  let link: RedisLink | undefined;
  let open: OpenQueue | undefined;
  let lost = false;

  /** In the queue exactly while Redis answers and the clock is right. */
  function tend(): void {
    const wanted = answers && !clockIsWrong();
    if (wanted) open ??= openQueue(url, space, look);
    if (wanted || !open) return;
    void open.close();
    open = undefined;
    look?.(); // what was hinted to Redis only
  }

  function state(): string {
    if (lost) return ' (does not answer: each node wakes itself)';
    return clockIsWrong() ? ' (the clock of this node is wrong: it wakes itself)' : '';
  }

  return {
    get description() {
      return `Bull on Redis ${shownAddress(url)}${state()}`;
    },
    hint(dueAt, job) {
      const now = clock.now();
      const delay = Math.max(0, dueAt - now);
      if (!started || delay > HORIZON_MS) return;
      tend();
      if (!open) return alone.hint(dueAt);
      // the same hint of several nodes is one Bull job
      const jobId = `${job ?? 'next'}@${delay === 0 ? now : dueAt}`;
      open.queue.add({ job: job ?? null }, { jobId, delay }).catch(() => undefined);
    },
    start(listener) {
      started = true;
      look = listener;
      alone.start(listener);
      link = redisLink(url, {
        up() {
          answers = true;
          tend();
          if (lost) onOutage(undefined);
          lost = false;
          listener?.();
        },
        down(error) {
          lost = true;
          answers = false;
          onOutage(error);
          if (open) tend();
          else listener?.();
        },
      });
    },
    async stop() {
      started = false;
      answers = false;
      link?.stop();
      await Promise.all([alone.stop(), open?.close()]);
      open = undefined;
    },
  };
}

interface OpenQueue {
  readonly queue: Queue.Queue;
  close(): Promise<void>;
}

/** A queue with connections of its own, all of which end with it: Bull itself does not outlive every loss of Redis. */
function openQueue(url: string, space: string, look: (() => void) | undefined): OpenQueue {
  const clients: Redis[] = [];
  const queue = new Queue('wake-ups', {
    prefix: `{onevisit:${space}}`, // braces: one slot of a Redis cluster
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    createClient() {
      const client = openRedis(url);
      clients.push(client);
      return client;
    },
  });
  // only names the connection, and nobody would catch it when the connection ends meanwhile
  Object.assign(queue, { setWorkerName: () => Promise.resolve() });
  if (look) queue.process(async () => look()).catch(() => undefined); // errors: the link tells, once
  return {
    queue,
    async close() {
      await within(PATIENCE_MS, queue.close(true)).catch(() => undefined);
      for (const client of clients) client.disconnect();
    },
  };
}
