import Koa from 'koa';
import type { House } from './house.ts';
import { HttpProblem } from './http/http-problem.ts';
import { problems } from './http/problems.ts';
import { requestLog } from './http/request-log.ts';
import type { Route } from './http/route.ts';
import { apiRouter } from './http/router.ts';
import { securityHeaders } from './http/security-headers.ts';
import { lastAnswers } from './operations/last-answers.ts';
import { measureRequests } from './operations/measure-requests.ts';
import { operations } from './operations/operations.ts';
import { docsAssets } from './routes/docs/assets.ts';
import { routes } from './routes/index.ts';
import { presentDetails } from './routes/present.ts';
import { pages } from './ui/pages.ts';

/** The server's request pipeline, outermost first. `uiFolder`: the built web pages. */
export function buildApp(house: House, uiFolder: string): Koa {
  const app = new Koa();
  // the client's address is what the outermost of our own proxies saw: what stands before that, anybody can write
  app.proxy = house.config.proxies > 0;
  app.maxIpsCount = house.config.proxies;
  app.use(measureRequests(house.metrics));
  app.use(lastAnswers(house.stopping));
  app.use(requestLog(house.log));
  app.use(securityHeaders(house.config.publicUrl));
  app.use(problems({ log: house.log, presentDetails: presentDetails(house) }));
  app.use(operations(house));
  if (house.config.roles.includes('api')) serveApi(app, house, uiFolder);
  else app.use(nothingElse);
  app.on('error', (error: NodeJS.ErrnoException) => {
    // a client that leaves in the middle of an answer is nobody's fault
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE')
      house.log.error({ err: error }, 'answer failed');
  });
  return app;
}

/** The API, its documents and the web pages. */
function serveApi(app: Koa, house: House, uiFolder: string): void {
  app.use(docsAssets);
  const isThere = ({ demoOnly }: Route) => !demoOnly || house.config.mode === 'demo';
  const api = apiRouter(routes.filter(isThere), house);
  const isApi = (path: string) => path === '/api' || path.startsWith('/api/');
  for (const layer of api) app.use((ctx, next) => (isApi(ctx.path) ? layer(ctx, next) : next()));
  app.use(pages(uiFolder));
}

const nothingElse: Koa.Middleware = () => {
  throw new HttpProblem(404, 'route.not_found');
};
