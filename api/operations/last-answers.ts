import type { Middleware } from 'koa';
import type { Stopping } from './stopping.ts';

/**
 * A node whose port is closed ends each connection with its answer: it takes no new ones, but old ones would go on. Before
 * that it does not: whoever keeps connections would be opening new ones at the moment in which the port is closed.
 */
export function lastAnswers(stopping: Stopping): Middleware {
  return async (ctx, next) => {
    await next();
    if (stopping.leaving && !ctx.headerSent) ctx.set('Connection', 'close');
  };
}
