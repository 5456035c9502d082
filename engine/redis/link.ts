import { Redis } from 'ioredis';

export interface RedisEvents {
  /** Redis answers, for the first time or again. What was said meanwhile has been missed. */
  up(): void;
  /** Redis does not answer. Told once, however long it takes. */
  down(error: Error): void;
}

export interface RedisLink {
  /** Valid while it is up. */
  readonly client: Redis;
  stop(): void;
}

const LOOK_EVERY_MS = 2_000;
const PATIENCE_MS = 2_000;
const RETRY_AT_MOST_MS = 2_000;

/** A connection that always comes back: for a client that waits for the server, or reads what others publish. */
export function openRedis(url: string): Redis {
  const client = new Redis(url, {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    connectTimeout: PATIENCE_MS,
    retryStrategy: (times) => Math.min(100 * times, RETRY_AT_MOST_MS),
  });
  client.on('error', () => undefined); // the link tells, once
  const send = client.sendCommand.bind(client);
  // it listens again by itself where it listened before; if it ends meanwhile, nobody else would catch that
  client.sendCommand = (command, stream) => {
    const sent = send(command, stream);
    command.promise.catch(() => undefined);
    return sent;
  };
  return client;
}

/**
 * Watches whether Redis answers, and tells when that changes. Connects again for ever; a server that keeps its connections
 * but stands still counts as gone after some seconds, and so does one that refuses to talk (password, loading).
 */
export function redisLink(url: string, events: RedisEvents): RedisLink {
  const client = openRedis(url);
  let state: 'unknown' | 'up' | 'down' | 'stopped' = 'unknown';
  let lastError = new Error('the connection was closed');

  const becomes = (next: 'up' | 'down') => {
    if (state === 'stopped' || state === next) return;
    state = next;
    if (next === 'up') events.up();
    else events.down(lastError);
  };
  const look = async () => {
    const wrong = await within(PATIENCE_MS, client.ping()).then(
      () => undefined,
      (error: Error) => error,
    );
    if (state === 'stopped') return;
    if (!wrong) return becomes('up');
    lastError = wrong;
    if (wrong.name === 'ReplyError') becomes('down');
    else if (client.status === 'ready') client.disconnect(true);
  };

  client.on('error', (error: Error) => (lastError = error));
  client.on('close', () => becomes('down'));
  client.on('ready', () => void look());
  const timer = setInterval(() => client.status === 'ready' && void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    client,
    stop() {
      state = 'stopped';
      clearInterval(timer);
      client.disconnect();
    },
  };
}

/** Rejects when it takes longer (ms). */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Where it is, without the password: what may be shown. */
export function shownAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname === '/' ? '' : pathname}`;
}
