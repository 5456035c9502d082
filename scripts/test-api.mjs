// npm run test:api: schemathesis reads the OpenAPI document and tries to break what it declares, once as each role.
// No 5xx, no status, content type or body that the document does not declare.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

const VERSION = readFileSync('scripts/requirements.txt', 'utf8').trim();
const VENV = '.cache/venv';
const EXAMPLES = process.env.EXAMPLES ?? '25';
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
const ROLES = ['designer-ding', 'handler-wang', 'supervisor-feng', 'applicant-chen', 'integrator-wei'];

if (spawnSync('python3', ['--version']).status !== 0) {
  console.error('SKIPPED, loudly: test:api needs python3, which is not on this machine');
  process.exit(process.env.CI ? 1 : 0);
}
if (!existsSync(`${VENV}/bin/schemathesis`)) {
  run('python3', ['-m', 'venv', VENV]);
  run(`${VENV}/bin/pip`, ['install', '-q', '--disable-pip-version-check', VERSION]);
}

const directory = mkdtempSync(join(tmpdir(), 'onevisit-api-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, ['scripts/start.mjs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  // strict: an answer that does not fit its declared schema is a failure, not a shrug
  env: { ...process.env, PORT: String(port), ONEVISIT_DATA: directory, ONEVISIT_STRICT: 'true' },
});
let failures = 0;
try {
  await answering();
  // two at a time: one leaves half of a small machine idle
  const waiting = [...ROLES];
  const inTurn = async () => {
    for (let person = waiting.shift(); person; person = waiting.shift()) {
      const found = await tryAs(person);
      failures += found;
    }
  };
  await Promise.all([inTurn(), inTurn()]);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(directory, { recursive: true, force: true });
}
console.log(
  failures === 0 ? 'The API keeps what its document declares.' : `${failures} role(s) found a difference, see above.`,
);
process.exit(failures === 0 ? 0 : 1);

async function tryAs(person) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  const done = spawn(
    `${VENV}/bin/schemathesis`,
    // prettier-ignore
    ['run', `${url}/api/openapi.json`, '--header', `Cookie: ${cookie}`, '--checks', CHECKS, '--max-examples', EXAMPLES,
      '--seed', '20260302', '--request-timeout', '10', '--exclude-path', '/api/events', '--exclude-path', '/api/session', '--phases', 'examples,coverage,fuzzing', '--no-color'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = `\n== as ${person}\n`;
  for (const stream of [done.stdout, done.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(done, 'close');
  console.log(output);
  return code === 0 ? 0 : 1;
}

async function answering() {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}/api/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not answer within 30 s');
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  await once(probe, 'close');
  return free;
}

function run(command, options) {
  const done = spawnSync(command, options, { stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
