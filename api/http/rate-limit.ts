import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpProblem } from './http-problem.ts';

/** At most `points` attempts in `seconds` for each key: 429 with Retry-After beyond. */
export function rateLimit(points: number, seconds: number): (key: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const wait = Math.ceil(refused.msBeforeNext / 1000);
      throw new HttpProblem(429, 'request.too_many', {
        details: { seconds: wait },
        headers: { 'Retry-After': String(wait) },
      });
    }
  };
}
