import type { Middleware } from 'koa';
import { HttpProblem } from '../http/http-problem.ts';
import { sendFile } from '../http/static-files.ts';
import { readUiBuild } from './build-state.ts';
import { waitingPage } from './waiting-page.ts';

/** The web pages: files, and index.html for every address the browser's router knows. */
export function pages(folder: string): Middleware {
  return async (ctx) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD')
      throw new HttpProblem(405, 'route.method', {
        details: { allowed: 'GET, HEAD' },
        headers: { Allow: 'GET, HEAD' },
      });
    const state = readUiBuild(folder);
    if (state.build !== 'ready') {
      ctx.status = 200;
      ctx.type = 'text/html; charset=utf-8';
      ctx.set('Cache-Control', 'no-store');
      ctx.body = waitingPage(state);
      return;
    }
    const path = decoded(ctx.path);
    if (await sendFile(ctx, folder, path)) return;
    // task ids have dots of their own
    const looksLikeFile = /\.(?:js|mjs|css|map|json|html|svg|png|ico|txt|woff2?)$/.test(path);
    if (!looksLikeFile && (await sendFile(ctx, folder, 'index.html'))) return;
    throw new HttpProblem(404, 'route.not_found');
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+/, '');
  } catch {
    throw new HttpProblem(404, 'route.not_found');
  }
}
