import type { Context, Middleware } from 'koa';
import type { House } from '../house.ts';

/**
 * What those who run the node ask it, outside the API: `/health/live` (the process runs), `/health/ready` (send it
 * requests). Answers are short, never kept, and tell nothing that a stranger may not know.
 */
export function operations(house: House): Middleware {
  const answers: Record<string, (ctx: Context) => Promise<void> | void> = {
    '/health/live': (ctx) => answer(ctx, 200, { alive: true }),
    '/health/ready': async (ctx) => {
      const readiness = await house.readiness();
      answer(ctx, readiness.ready ? 200 : 503, readiness);
    },
  };
  return (ctx, next) => {
    const asked = ctx.method === 'GET' || ctx.method === 'HEAD' ? answers[ctx.path] : undefined;
    if (!asked) return next();
    ctx.state.operationId = ctx.path;
    ctx.set('Cache-Control', 'no-store');
    return asked(ctx);
  };
}

function answer(ctx: Context, status: number, body: object): void {
  ctx.status = status;
  ctx.body = body;
}
