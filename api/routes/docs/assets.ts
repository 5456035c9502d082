import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import type { Middleware } from 'koa';
import { HttpProblem } from '../../http/http-problem.ts';
import { sendFile } from '../../http/static-files.ts';
import { DOCS_START } from './page.ts';

const PREFIX = '/api/docs/assets/';
const FILES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

/** The files behind the documentation page, from our own disk: these networks are closed. */
export const docsAssets: Middleware = async (ctx, next) => {
  if (!ctx.path.startsWith(PREFIX) || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
  const name = ctx.path.slice(PREFIX.length);
  if (name === 'start.js') {
    ctx.type = 'text/javascript; charset=utf-8';
    ctx.body = DOCS_START;
    return;
  }
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  if (!FILES.has(name) || !(await sendFile(ctx, folder, name))) throw new HttpProblem(404, 'route.not_found');
};
