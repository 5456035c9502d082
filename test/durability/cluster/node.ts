import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export interface Node {
  readonly url: string;
  /** Its process runs, or stands still. False also while it has never been started. */
  isUp(): boolean;
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Resolves when it answers. */
  boot(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');

/** The built server on a port. What a node that ends by itself said last is added to `crashes`, when it ended and began to answer to `disturbed`. */
export function newNode(
  port: number,
  environment: NodeJS.ProcessEnv,
  { crashes, disturbed }: { crashes: string[]; disturbed: number[] },
): Node {
  const url = `http://127.0.0.1:${port}`;
  const asks = Object.keys(environment).some((name) => name.startsWith('CLUSTER_'));
  const prepared = asks ? ['--import', join(import.meta.dirname, 'prepare.mjs')] : [];
  let child: ChildProcess | undefined;
  return {
    url,
    isUp: () => isUp(child),
    signal: (name) => void child?.kill(name),
    async kill() {
      if (!isUp(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async boot() {
      const own = spawn(process.execPath, [...prepared, 'dist/server/api/main.js'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...environment, PORT: String(port) },
      });
      child = own;
      let said = '';
      own.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
      own.once('exit', () => disturbed.push(Date.now()));
      own.once('exit', (code) => code !== null && crashes.push(`node on ${port} ended with ${code}: ${said}`));
      while (isUp(own)) {
        const answer = await fetch(`${url}/api/status`).catch(() => undefined);
        if (answer?.ok) return void disturbed.push(Date.now());
        await new Promise((done) => setTimeout(done, 25));
      }
    },
  };
}

function isUp(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}
