import helmet from 'koa-helmet';
import type { Middleware } from 'koa';

/**
 * Everything from ourselves: these networks are closed. Over plain HTTP neither `upgrade-insecure-requests` nor HSTS is
 * sent: on an intranet without TLS they would make the pages unreachable.
 */
export function securityHeaders(publicUrl: string | undefined): Middleware {
  const https = publicUrl?.startsWith('https:') ?? false;
  return helmet({
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
}
