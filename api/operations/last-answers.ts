import type { Middleware } from 'koa';
import type { Stopping } from './stopping.ts';

/** A node that is stopping ends each connection with its answer: a closed port takes no new ones, but old ones would go on. */
export function lastAnswers(stopping: Stopping): Middleware {
  return async (ctx, next) => {
    await next();
    if (stopping.begun && !ctx.headerSent) ctx.set('Connection', 'close');
  };
}
