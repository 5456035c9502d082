import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpConnector } from '../../../engine/index.ts';
import { noticeWebhook } from '../../../processes/notices/index.ts';
import { DAY, watchedOffice } from '../../support/watched-office.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

/** A gateway of the city that answers what it is told to, and remembers what it was handed. */
async function gateway(statuses: number[]) {
  const taken: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push({
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/notices`;
  const http = httpConnector({ allowedHosts: [`127.0.0.1:${port}`] });
  return { taken, channel: noticeWebhook(http, { url, token: 'let-me-in' }) };
}

describe('the webhook for notices', () => {
  it('hands over a notice with its id as Idempotency-Key and the token', async () => {
    const { taken, channel } = await gateway([]);
    const desk = watchedOffice({ channel });
    const caseId = await desk.apply();
    await desk.engine.extendCase(
      { caseId, value: 5, most: 10, note: '情况复杂' },
      { id: 'supervisor-feng', name: '', groups: [] },
    );
    await desk.engine.runDueJobs();
    expect(taken).toMatchObject([
      {
        headers: { authorization: 'Bearer let-me-in', 'content-type': 'application/json' },
        body: {
          kind: 'clock.extended',
          to: { type: 'applicant', id: 'applicant-chen', name: '陈买房' },
          case: { id: caseId, number: 'T-1' },
          at: '2026-03-02T01:00:00.000Z',
          text: { zh: expect.stringMatching(/^办件 T-1（退税）：冯督办批准延期 5 个工作日：情况复杂。承诺办结日期为/) },
        },
      },
    ]);
    expect(taken[0]!.headers['idempotency-key']).toBe(taken[0]!.body.id);
  });

  it('hands it over again under the same id until it is taken', async () => {
    const { taken, channel } = await gateway([503, 500]);
    const desk = watchedOffice({ channel });
    const caseId = await desk.apply();
    await desk.engine.holdCase(
      { caseId, reason: 'hearing', expectedDays: 5, notice: { number: '1' }, note: '听证' },
      { id: 'x', name: '', groups: [] },
    );
    for (let tries = 0; tries < 5; tries++) await desk.pass(60_000);
    await desk.pass(DAY);
    expect(taken).toHaveLength(3);
    expect(new Set(taken.map(({ body }) => body.id)).size).toBe(1);
  });
});
