import Router from '@koa/router';
import type { Middleware } from 'koa';
import type { House } from '../house.ts';
import { refuseUndeclared, runRoute } from './guard.ts';
import { HttpProblem } from './http-problem.ts';
import type { Route } from './route.ts';

/** Serves the declared routes under /api; anything else there is 404, another method 405 with Allow. */
export function apiRouter(routes: readonly Route[], house: House): Middleware[] {
  const router = new Router({ prefix: '/api', strict: true, sensitive: true });
  const methods = new Map<string, Set<string>>();
  for (const route of routes) {
    const of = methods.get(route.path) ?? new Set<string>();
    methods.set(route.path, of.add(route.method.toUpperCase()));
    if (route.method === 'get') of.add('HEAD');
    router[route.method](route.path, async (ctx) => {
      ctx.state.operationId = route.operationId;
      ctx.state.route = `/api${route.path}`;
      try {
        await runRoute(ctx, route, house);
      } catch (error) {
        if (house.config.strict) refuseUndeclared(error, route);
        throw error;
      }
    });
  }
  const fallback: Middleware = async (ctx) => {
    const allowed = new Set<string>();
    for (const layer of router.match(ctx.path, ctx.method).path)
      for (const method of methods.get(String(layer.path).replace(/^\/api/, '')) ?? []) allowed.add(method);
    if (allowed.size === 0) throw new HttpProblem(404, 'route.not_found');
    const allow = [...allowed, 'OPTIONS'].sort().join(', ');
    if (ctx.method === 'OPTIONS') {
      ctx.status = 204;
      ctx.set('Allow', allow);
      return;
    }
    throw new HttpProblem(405, 'route.method', { details: { allowed: allow }, headers: { Allow: allow } });
  };
  return [router.routes() as unknown as Middleware, fallback];
}
