import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface RunningServer {
  url: string;
  process: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  /** Signs in as the first demo person of a role (or the person with that id). */
  signIn(who: string): Promise<{ cookie: string; id: string; departments: string[] }>;
  /** SIGTERM, and waits until it is gone. */
  stop(): Promise<void>;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
}

/**
 * Starts the real server, as `npm start` does, as a process of its own on a free port, with the embedded store unless
 * `env` names another.
 */
export async function startServer({
  directory,
  port,
  env = {},
}: {
  directory: string;
  port?: number;
  env?: Record<string, string>;
}): Promise<RunningServer> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: '', PORT: String(chosen), ONEVISIT_DATA: directory, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const gone = once(child, 'exit');

  await answering(url, child, () => output);
  return {
    url,
    process: child,
    output: () => output,
    async signIn(who) {
      const people = (await (await fetch(`${url}/api/demo/people`)).json()) as {
        id: string;
        role: string;
        departments: { id: string }[];
      }[];
      const person = people.find(({ id, role }) => id === who || role === who);
      if (!person) throw new Error(`no demo person '${who}'`);
      const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ person: person.id }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return {
        cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!,
        id: person.id,
        departments: person.departments.map(({ id }) => id),
      };
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function answering(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not answer within 30 s:\n${output()}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
