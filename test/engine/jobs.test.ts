import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { httpConnector } from '../../engine/index.ts';
import { bpmn, chain, flow } from '../support/bpmn.ts';
import { DESIGNER, office } from '../support/office.ts';

const HOUR = 3_600_000;
const worker = { id: 'worker', name: 'worker', groups: [] };
const external = bpmn(
  '<startEvent id="s"/><serviceTask id="check" ov:topic="registry" ov:retries="2"/><userTask id="after"/><endEvent id="e"/>' +
    '<boundaryEvent id="refused" attachedToRef="check"><errorEventDefinition errorRef="err"/></boundaryEvent><userTask id="explain"/><endEvent id="e2"/>' +
    chain('s', 'check', 'after', 'e') +
    chain('refused', 'explain', 'e2'),
  { roots: '<error id="err" errorCode="SEIZED"/>' },
);

describe('external worker', () => {
  const fetch = (desk: ReturnType<typeof office>) =>
    desk.engine.fetchJobs({ worker: 'w1', topics: ['registry'], max: 10, leaseMs: 30_000 });

  it('fetches a job with the variables of its case, and completes it', async () => {
    const desk = office();
    const { id, number } = await desk.open(external, { estate: 'A-1' });
    const [job] = await fetch(desk);
    expect(job).toMatchObject({ topic: 'registry', caseNumber: number, attempts: 1, variables: { estate: 'A-1' } });
    expect(await fetch(desk)).toEqual([]);
    await desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: { clear: true } }, worker);
    expect(await desk.engine.taskVariables(await desk.task(id, 'after'))).toEqual({ estate: 'A-1', clear: true });
    await expect(
      desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: {} }, worker),
    ).rejects.toMatchObject({ code: 'job.not_found' });
  });

  it('loses a job when its lease ends and another takes it', async () => {
    const desk = office();
    const { id } = await desk.open(external);
    const [first] = await fetch(desk);
    desk.clock.advance(31_000);
    const [second] = await fetch(desk);
    expect(second!.fence).toBeGreaterThan(first!.fence);
    await expect(
      desk.engine.completeJob({ jobId: first!.id, fence: first!.fence, variables: {} }, worker),
    ).rejects.toMatchObject({ code: 'job.lease_lost' });
    await desk.engine.completeJob({ jobId: second!.id, fence: second!.fence, variables: {} }, worker);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('is told when its job goes to another while its failure is written down', async () => {
    const desk = office();
    await desk.open(external);
    const [job] = await fetch(desk);
    const { rescheduleJob } = desk.store;
    desk.store.rescheduleJob = async (...change) => {
      desk.clock.advance(31_000);
      expect(await fetch(desk)).toHaveLength(1);
      return rescheduleJob.apply(desk.store, change);
    };
    await expect(
      desk.engine.failJob({ jobId: job!.id, fence: job!.fence, message: 'no answer' }, worker),
    ).rejects.toMatchObject({ code: 'job.lease_lost' });
  });

  it('keeps a job longer by extending its lease', async () => {
    const desk = office();
    await desk.open(external);
    const [job] = await fetch(desk);
    await desk.engine.extendJob({ jobId: job!.id, fence: job!.fence, leaseMs: 60_000 });
    desk.clock.advance(31_000);
    expect(await fetch(desk)).toEqual([]);
  });

  it('gets another try after a failure, and an incident after the last', async () => {
    const desk = office();
    const { id } = await desk.open(external);
    for (let attempt = 1; attempt <= 2; attempt++) {
      const [job] = await fetch(desk);
      expect(job!.attempts).toBe(attempt);
      await desk.engine.failJob({ jobId: job!.id, fence: job!.fence, message: 'registry is down' }, worker);
      desk.clock.advance(HOUR);
    }
    expect(await desk.incidents(id)).toEqual(['job.failed check']);
    expect(await fetch(desk)).toEqual([]);
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    expect(incident!.message).toBe('registry is down');
    await desk.engine.retryIncident(incident!.id, DESIGNER);
    expect((await fetch(desk)).map(({ attempts }) => attempts)).toEqual([1]);
  });

  it('that goes away with a job, as often as it may be tried, leaves an incident', async () => {
    const desk = office();
    const { id } = await desk.open(external);
    for (let attempt = 1; attempt <= 2; attempt++) {
      expect((await fetch(desk)).map((job) => job.attempts)).toEqual([attempt]);
      desk.clock.advance(31_000);
    }
    expect(await fetch(desk)).toEqual([]);
    expect(await desk.incidents(id)).toEqual(['job.failed check']);
  });

  it('throws a business error into the process', async () => {
    const desk = office();
    const { id } = await desk.open(external);
    const [job] = await fetch(desk);
    await desk.engine.throwJobError(
      { jobId: job!.id, fence: job!.fence, code: 'SEIZED', message: '房屋已查封', variables: { by: '法院' } },
      worker,
    );
    expect(await desk.engine.taskVariables(await desk.task(id, 'explain'))).toEqual({ by: '法院' });
  });

  it('leaves an incident when the process does not know the error', async () => {
    const desk = office();
    const { id } = await desk.open(external);
    const [job] = await fetch(desk);
    await desk.engine.throwJobError(
      { jobId: job!.id, fence: job!.fence, code: 'OTHER', message: '', variables: {} },
      worker,
    );
    expect(await desk.incidents(id)).toEqual(['error.uncaught check']);
  });
});

describe('job', () => {
  it('is done once when two nodes look at the same time', async () => {
    let calls = 0;
    const desk = office({ connectors: { http: async () => ({ n: ++calls }) } });
    const { id } = await desk.open(service('http://registry.test/'));
    const answers = await Promise.all([desk.engine.runDueJobs(), desk.engine.runDueJobs()]);
    expect(answers.reduce((a, b) => a + b)).toBe(1);
    expect(calls).toBe(1);
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('that never answers costs a try each time, and is an incident after the last; what it says later counts no more', async () => {
    const answers: (() => void)[] = [];
    const http = () => new Promise<Record<string, never>>((resolve) => answers.push(() => resolve({})));
    const desk = office({ connectors: { http }, jobLimitMs: 300 });
    const { id } = await desk.open(service('http://registry.test/', 2));
    await desk.engine.runDueJobs();
    expect(await desk.incidents(id)).toEqual([]);
    await desk.pass(HOUR);
    expect(answers).toHaveLength(2);
    expect(await desk.incidents(id)).toEqual(['job.failed call']);
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    expect(incident!.message).toMatch(/within 0.3 s/);
    for (const answer of answers) answer();
    await desk.pass(HOUR);
    expect(await desk.waiting(id)).toEqual([]);
  });

  it('does not hold up a timer while a service is slow', async () => {
    let answer: (() => void) | undefined;
    const desk = office({ connectors: { http: () => new Promise((resolve) => (answer = () => resolve({}))) } });
    const slow = await desk.open(service('http://registry.test/'));
    const running = desk.engine.runDueJobs();
    while (!answer) await new Promise(setImmediate);
    const timed = await desk.open(
      bpmn(
        '<startEvent id="s"/><intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent><userTask id="after"/><endEvent id="e"/>' +
          chain('s', 't', 'after', 'e'),
        { id: 'Timed' },
      ),
    );
    const second = desk.pass(1_000);
    while ((await desk.waiting(timed.id)).length === 0) await new Promise(setImmediate);
    expect(await desk.waiting(slow.id)).toEqual([]);
    answer();
    await Promise.all([running, second]);
    expect(await desk.waiting(slow.id)).toEqual(['after']);
  });
});

function service(url: string, retries = 1): string {
  return bpmn(
    `<startEvent id="s"/><serviceTask id="call" ov:retries="${retries}"><extensionElements><ov:http method="POST" url="${url}" body="={estate: estate}" result="answer"/></extensionElements></serviceTask><userTask id="after"/><endEvent id="e"/>` +
      chain('s', 'call', 'after') +
      flow('after', 'e'),
  );
}

describe('HTTP connector', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  async function registry(answer: RequestListener): Promise<string> {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : '';
  }

  async function called(host: string, options: Partial<Parameters<typeof httpConnector>[0]> = {}) {
    const desk = office({ connectors: { http: httpConnector({ allowedHosts: [host], ...options }) } });
    const { id } = await desk.open(service(`http://${host}/check`), { estate: 'A-1' });
    await desk.engine.runDueJobs();
    return { desk, id };
  }

  it('sends what the model says and keeps the answer', async () => {
    const host = await registry((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () =>
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ got: JSON.parse(body), key: request.headers['idempotency-key'] })),
      );
    });
    const { desk, id } = await called(host);
    const { answer } = await desk.engine.taskVariables(await desk.task(id, 'after'));
    expect(answer).toEqual({ got: { estate: 'A-1' }, key: `${id}.1.work1` });
  });

  it.each<[string, RequestListener, RegExp]>([
    ['an error status', (_, response) => response.writeHead(500).end('boom'), /answered 500: boom/],
    ['an error status without a word', (_, response) => response.writeHead(503).end(), /answered 503$/],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      /answered 302/,
    ],
    ['an answer beyond the size cap', (_, response) => response.end('x'.repeat(2_000)), /at most 1000 bytes/],
    ['broken JSON', (_, response) => response.setHeader('content-type', 'application/json').end('{'), /Expected JSON/],
    ['no answer in time', () => undefined, /none came within 200 ms/],
  ])('makes an incident of %s', async (_name, answer, reason) => {
    const { desk, id } = await called(await registry(answer), { timeoutMs: 200, maxBytes: 1_000 });
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    expect(incident!.message).toMatch(reason);
    server?.closeAllConnections();
  });

  it('calls no host that is not on the list', async () => {
    const desk = office({ connectors: { http: httpConnector({ allowedHosts: ['registry.test'] }) } });
    const { id } = await desk.open(service('http://127.0.0.1:1/'), { estate: 'A-1' });
    await desk.engine.runDueJobs();
    const [incident] = await desk.store.listIncidents({ caseId: id, limit: 1 });
    expect(incident!.message).toMatch(/allow-list/);
  });
});
