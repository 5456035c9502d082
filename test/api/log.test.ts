import { describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { pino } from 'pino';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { caseOf } from '../../api/http/case-of.ts';
import { problems } from '../../api/http/problems.ts';
import { requestLog } from '../../api/http/request-log.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { unavailableRejection } from '../../engine/store/refusals.ts';

const read = { method: 'get', path: '/tasks/:id' };

describe('the case of a request', () => {
  it.each([
    [{ method: 'get', path: '/cases/:id/history' }, { id: 'c1' }, {}, 'c1'],
    [{ method: 'post', path: '/cases' }, {}, { id: 'c2' }, 'c2'],
    [{ method: 'post', path: '/tasks/:id/claim' }, { id: 't' }, { case: { id: 'c3' } }, 'c3'],
    [read, { id: 't' }, undefined, undefined],
    [{ method: 'get', path: '/cases' }, {}, { items: [], id: 'x' }, undefined],
    [{ method: 'get', path: '/cases/:id' }, { id: 'x'.repeat(9_000) }, {}, 'x'.repeat(64)],
  ])('%j', (route, params, body, wanted) => {
    expect(caseOf(route, params, body)).toBe(wanted);
  });
});

async function refuse(refusal: Rejection) {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  const app = new Koa();
  app.use(requestLog(log));
  app.use(problems({ log, presentDetails: (details) => details }));
  app.use((ctx) => {
    ctx.state = { ...ctx.state, operationId: 'claimTask', personId: 'window-zhou' };
    throw refusal;
  });
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

it('a refused request is logged once, with its id, its case and who asked; the answer carries the same id', async () => {
  const { id, body, logged } = await refuse(new Rejection('conflict', 'task.already_claimed', 'held', { case: 'c-7' }));
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
  const { status, logged } = await refuse(unavailableRejection('it is away'));
  expect(status).toBe(503);
  expect(logged).toEqual([]);
});
