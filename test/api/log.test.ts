import { describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { pino } from 'pino';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { House } from '../../api/house.ts';
import { caseOfAddress, caseOfAnswer } from '../../api/http/case-of.ts';
import { runRoute } from '../../api/http/guard.ts';
import { problems } from '../../api/http/problems.ts';
import { requestLog } from '../../api/http/request-log.ts';
import { routes } from '../../api/routes/index.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { unavailableRejection } from '../../engine/store/refusals.ts';

describe('the case of a request', () => {
  const long = 'x'.repeat(9_000);
  it.each([
    ['/cases/:id/history', 'c1', 'c1'],
    ['/cases/:id', long, 'x'.repeat(64)],
    ['/tasks/:id/claim', 'c2.3', 'c2'],
    ['/tasks/:id', 't', undefined],
    ['/orders/:id', 'c1', undefined],
    ['/cases', undefined, undefined],
  ])('in the address %s', (path, id, wanted) => {
    expect(caseOfAddress({ method: 'get', path }, { id })).toBe(wanted);
  });

  it.each([
    [{ method: 'post', path: '/cases' }, { id: 'c2' }, 'c2'],
    [{ method: 'get', path: '/orders/:id' }, { case: { id: 'c3' } }, 'c3'],
    [{ method: 'get', path: '/orders/:id' }, undefined, undefined],
    [{ method: 'get', path: '/cases' }, { items: [], id: 'x' }, undefined],
  ])('in the answer of %j', (route, body, wanted) => {
    expect(caseOfAnswer(route, body)).toBe(wanted);
  });
});

async function refuse(handle: Koa.Middleware) {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  const app = new Koa();
  app.use(requestLog(log));
  app.use(problems({ log, presentDetails: (details) => details }));
  app.use(handle);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/tasks/t/claim`);
  const body = (await answer.json()) as { instance: string };
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  const logged = lines.map((line) => JSON.parse(line) as object);
  return { status: answer.status, id: answer.headers.get('x-request-id'), body, logged };
}

const throwing =
  (refusal: Rejection): Koa.Middleware =>
  (ctx) => {
    ctx.state = { ...ctx.state, operationId: 'claimTask', personId: 'window-zhou' };
    throw refusal;
  };

it('a refused request is logged once, with its id, its case and who asked; the answer carries the same id', async () => {
  const { id, body, logged } = await refuse(
    throwing(new Rejection('conflict', 'task.already_claimed', 'held', { case: 'c-7' })),
  );
  expect(logged).toEqual([
    expect.objectContaining({
      requestId: body.instance,
      caseId: 'c-7',
      operation: 'claimTask',
      person: 'window-zhou',
      status: 409,
      msg: 'request',
    }),
  ]);
  expect(id).toBe(body.instance);
});

it('a request that is refused because the store is away is not logged: the outage is, once', async () => {
  const { status, logged } = await refuse(throwing(unavailableRejection('it is away')));
  expect(status).toBe(503);
  expect(logged).toEqual([]);
});

it('a request that its asker may not send is logged with the case of its address', async () => {
  const urge = routes.find(({ operationId }) => operationId === 'urgeCase')!;
  const { status, logged } = await refuse(async (ctx) => {
    (ctx as { params?: object }).params = { id: 'c-7' };
    await runRoute(ctx, urge, { sessions: { read: () => undefined } } as unknown as House);
  });
  expect(status).toBe(401);
  expect(logged).toEqual([expect.objectContaining({ status: 401, caseId: 'c-7' })]);
});
