import { Redis } from 'ioredis';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notTested } from './not-tested.ts';
import { freePort } from './server.ts';

export interface RedisServer {
  readonly url: string;
  /** Every key and value there is. */
  contents(): Promise<string>;
  flush(): Promise<void>;
  /** Kills it and with it all that it held; `boot` starts it again at the same place, empty. */
  kill(): Promise<void>;
  boot(): Promise<void>;
  /** Stands still, connections and all, until it is told to go on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** A Redis of the test's own, nothing on disk. Undefined, and said so, where redis-server is not installed; CI takes that for a failure. */
export async function startRedis(): Promise<RedisServer | undefined> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return notTested('no redis-server on the PATH.');
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function boot(): Promise<void> {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    child = spawn('redis-server', settings, { stdio: 'ignore' });
    await ask((redis) => redis.ping());
  }
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  async function ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: 500 });
    redis.on('error', () => undefined);
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  await boot();
  return {
    url: `redis://127.0.0.1:${port}`,
    contents: () => ask(everything),
    flush: async () => void (await ask((redis) => redis.flushall())),
    kill,
    boot,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function everything(redis: Redis): Promise<string> {
  const lines: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    const value =
      type === 'hash'
        ? await redis.hgetall(key)
        : type === 'zset'
          ? await redis.zrange(key, 0, -1)
          : type === 'list'
            ? await redis.lrange(key, 0, -1)
            : type === 'set'
              ? await redis.smembers(key)
              : await redis.get(key);
    lines.push(`${key} ${JSON.stringify(value)}`);
  }
  return lines.join('\n');
}
