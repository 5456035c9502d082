import { pause, type Fault } from './fault.ts';

/** SIGKILL of Redis and all it held; it comes back empty, `awayMs` later. */
export function killRedis(awayMs = 0): Fault {
  return async ({ redis }) => {
    if (!redis) return 'no Redis';
    await redis.kill();
    await pause(awayMs);
    await redis.boot();
    return `Redis killed and away for ${awayMs / 1_000} s`;
  };
}
