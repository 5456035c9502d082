// w2 over HTTP with the real server and the embedded store: start, list the case's task, claim, complete; 1, 4 and 8 clients.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, table, timed } from './measure.ts';
import { workloads } from './models.ts';
import { startServer } from '../support/server.ts';

const directory = mkdtempSync(join(tmpdir(), 'onevisit-bench-'));
const server = await startServer({ directory });
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function call<T>(cookie: string, method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      server.url + path,
      {
        agent,
        method,
        headers: {
          cookie,
          ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () =>
          answer.statusCode! < 300
            ? resolve((text ? JSON.parse(text) : null) as T)
            : reject(new Error(`${answer.statusCode} ${text}`)),
        );
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

const designer = await server.signIn('designer');
const handler = await server.signIn('handler');
// the service of w2 is a FEEL rule here: the peers run it inside the engine too
const xml = workloads.w2
  .replace(
    '<serviceTask id="svc" name="svc" ov:topic="noop"/>',
    '<businessRuleTask id="svc" name="svc" ov:expression="=1" ov:result="r"/>',
  )
  .replace('<userTask id="task"', `<userTask ov:department="${handler.departments[0]}" id="task"`);
await call(designer.cookie, 'POST', '/api/definitions', xml, 'application/xml');

async function once(): Promise<number[]> {
  const { id } = await call<{ id: string }>(
    designer.cookie,
    'POST',
    '/api/cases',
    JSON.stringify({ definition: 'w2', data: {} }),
  );
  const found = await call<{ tasks: { id: string }[] }>(handler.cookie, 'GET', `/api/cases/${id}`);
  const task = found.tasks[0]!.id;
  await call(handler.cookie, 'POST', `/api/tasks/${task}/claim`, '{}');
  return [await timed(() => call(handler.cookie, 'POST', `/api/tasks/${task}/complete`, JSON.stringify({ data: {} })))];
}

const rows: (string | number)[][] = [];
for (const clients of [1, 4, 8]) {
  const all = await measure(once, { clients, seconds: 6, warmUp: 4 });
  rows.push(['w2', clients, all.perSecond, all.p50Ms, all.p99Ms]);
}
table(
  'Over HTTP, durable: start, read, claim, complete (4 requests a case)',
  ['workload', 'clients', 'cases/s', 'p50 ms of complete', 'p99 ms'],
  rows,
);
await server.stop();
agent.destroy();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
