import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import { randomBytes } from 'node:crypto';

/**
 * Gives each request an id (the client's X-Request-Id where it is a plain word) and logs its end: what it was, who asked,
 * the answer and how long it took. Never bodies: they carry people's data.
 */
export function requestLog(log: Logger): Middleware {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return async (ctx, next) => {
    const given = ctx.get('x-request-id');
    const id = /^[\w.-]{8,64}$/.test(given) ? given : `${process}-${(++count).toString(36)}`;
    ctx.state.requestId = id;
    ctx.set('X-Request-Id', id);
    const started = performance.now();
    ctx.res.once('close', () => {
      if (ctx.status < 400 && !log.isLevelEnabled('debug')) return;
      const line = {
        requestId: id,
        method: ctx.method,
        operation: ctx.state.operationId as string | undefined,
        path: ctx.path,
        status: ctx.status,
        ms: Math.round(performance.now() - started),
        caseId: ctx.state.caseId as string | undefined,
        person: ctx.state.personId as string | undefined,
      };
      if (ctx.state.told === true) log.debug(line, 'request');
      else if (ctx.status >= 500) log.error(line, 'request');
      else if (ctx.status >= 400) log.info(line, 'request');
      else log.debug(line, 'request');
    });
    await next();
  };
}
