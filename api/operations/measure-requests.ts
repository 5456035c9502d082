import type { Context, Middleware } from 'koa';
import type { Metrics } from './metrics.ts';

/** The client left before the answer was there (nginx's number). */
const LEFT = 499;

/** Measures every request until its last byte. Event streams are counted while they are open: their length says nothing. */
export function measureRequests(metrics: Metrics): Middleware {
  return async (ctx, next) => {
    const begin = performance.now();
    let ended: (() => void) | undefined;
    ctx.res.once('close', () => {
      if (ended) return ended();
      const status = ctx.res.writableFinished ? ctx.status : LEFT;
      metrics.requested({ method: ctx.method, route: routeOf(ctx), status }, (performance.now() - begin) / 1000);
    });
    await next();
    if (ctx.type === 'text/event-stream') ended = metrics.streams();
  };
}

/** The template of the route that answered; `pages` for the web pages, `none` for what the API does not know. */
function routeOf(ctx: Context): string {
  const { route } = ctx.state as { route?: string };
  return route ?? (ctx.path === '/api' || ctx.path.startsWith('/api/') ? 'none' : 'pages');
}
