import { pause, type Fault } from './fault.ts';

/** Redis forgets everything, so many times, without going away. */
export function flushRedis(times: number): Fault {
  return async ({ redis }, { pace }, chance) => {
    if (!redis) return 'no Redis';
    for (let flush = 1; flush <= times; flush++) {
      await redis.flush();
      if (flush < times) await pause(pace * (0.5 + chance()));
    }
    return `Redis emptied ${times} times`;
  };
}
