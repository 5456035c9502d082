import helmet from 'koa-helmet';
import type { Context, Middleware, Next } from 'koa';

/**
 * Everything from ourselves: these networks are closed. Over plain HTTP neither `upgrade-insecure-requests` nor HSTS is
 * sent: on an intranet without TLS they would make the pages unreachable.
 */
export function securityHeaders(publicUrl: string | undefined): Middleware {
  const https = publicUrl?.startsWith('https:') ?? false;
  const forPages = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    hsts: https,
    crossOriginOpenerPolicy: https, // browsers ignore it over plain HTTP and complain in the console
    originAgentCluster: https,
  });
  return (ctx, next) => (isData(ctx.path) ? forData(ctx, next, https) : forPages(ctx, next));
}

function isData(path: string): boolean {
  return path.startsWith('/api/') && !path.startsWith('/api/docs');
}

/** JSON is no page: nothing in it may run, be framed or be taken for something else. */
function forData(ctx: Context, next: Next, https: boolean): Promise<unknown> {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  if (https) ctx.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  return next();
}
