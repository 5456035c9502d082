import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export interface Node {
  readonly url: string;
  /** False also while it has never been started. */
  isUp(): boolean;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Resolves when it answers. */
  boot(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');

/** The built server on a port. What a node that ends by itself said last is added to `crashes`. */
export function newNode(port: number, environment: NodeJS.ProcessEnv, crashes: string[]): Node {
  const url = `http://127.0.0.1:${port}`;
  const faulty = environment.CLUSTER_FAULT === undefined ? [] : ['--import', join(import.meta.dirname, 'faults.mjs')];
  let child: ChildProcess | undefined;
  const isUp = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    url,
    isUp,
    async kill() {
      if (!isUp()) return;
      const gone = once(child!, 'exit');
      child!.kill('SIGKILL');
      await gone;
    },
    async boot() {
      const own = spawn(process.execPath, [...faulty, 'dist/server/api/main.js'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...environment, PORT: String(port) },
      });
      child = own;
      let said = '';
      own.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
      own.once('exit', (code) => code !== null && crashes.push(`node on ${port} ended with ${code}: ${said}`));
      while (own.exitCode === null && own.signalCode === null) {
        const answer = await fetch(`${url}/api/status`).catch(() => undefined);
        if (answer?.ok) return;
        await new Promise((done) => setTimeout(done, 25));
      }
    },
  };
}
