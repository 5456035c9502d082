import type { Context, Middleware } from 'koa';
import { HttpProblem } from '../http/http-problem.ts';
import type { House } from '../house.ts';
import { mayReadMetrics } from './may-read-metrics.ts';

/**
 * What those who run the node ask it, outside the API: `/health/live` (the process runs), `/health/ready` (send it
 * requests), `/metrics` (Prometheus). Answers are short, never kept, and tell nothing that a stranger may not know.
 */
export function operations(house: House): Middleware {
  const answers: Record<string, (ctx: Context) => Promise<void> | void> = {
    '/metrics': async (ctx) => {
      if (!mayReadMetrics(ctx, house.config.metricsToken))
        throw new HttpProblem(401, 'metrics.not_allowed', { headers: { 'WWW-Authenticate': 'Bearer' } });
      ctx.body = await house.metrics.text();
      ctx.set('Content-Type', house.metrics.contentType);
    },
    '/health/live': (ctx) => answer(ctx, 200, { alive: true }),
    '/health/ready': async (ctx) => {
      const readiness = await house.readiness();
      ctx.state.told = true; // who asks every second is answered, and nothing has failed
      answer(ctx, readiness.ready ? 200 : 503, readiness);
    },
  };
  return (ctx, next) => {
    const asked = ctx.method === 'GET' || ctx.method === 'HEAD' ? answers[ctx.path] : undefined;
    if (!asked) return next();
    ctx.state.route = ctx.path;
    ctx.set('Cache-Control', 'no-store');
    return asked(ctx);
  };
}

function answer(ctx: Context, status: number, body: object): void {
  ctx.status = status;
  ctx.body = body;
}
