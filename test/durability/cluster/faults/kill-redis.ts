import type { Fault } from './fault.ts';

/** SIGKILL of Redis and all it held; it comes back empty. */
export const killRedis: Fault = async ({ redis }) => {
  if (!redis) return 'no Redis';
  await redis.kill();
  await redis.boot();
  return 'Redis killed once';
};
