import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface Node {
  readonly url: string;
  /** Its process runs, or stands still. False also while it has never been started. */
  isUp(): boolean;
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** Resolves when it answers, or was killed before; fails where it ended by itself. */
  boot(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');

/** What becomes of nodes: each adds to these. */
export interface Fates {
  /** What a node that ended by itself said last. */
  readonly crashes: string[];
  /** When it ended, and when it began to answer. */
  readonly disturbed: number[];
  /** What it logged as an error of its own. */
  readonly errors?: string[];
}

/** The level of errors in the log (pino). */
const IS_ERROR = '{"level":50,';

/** The built server on a port. */
export function newNode(
  port: number,
  environment: NodeJS.ProcessEnv,
  { crashes, disturbed, errors = [] }: Fates,
): Node {
  const url = `http://127.0.0.1:${port}`;
  const asks = ['FAULT', 'FAILPOINTS', 'LEASE_MS', 'CLOCK_AHEAD_MS'].some((what) => `CLUSTER_${what}` in environment);
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
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...environment, PORT: String(port) },
      });
      child = own;
      createInterface(own.stdout).on('line', (line) => line.startsWith(IS_ERROR) && errors.push(line));
      let said = '';
      own.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
      own.once('exit', () => disturbed.push(Date.now()));
      let crash: string | undefined;
      own.once('exit', (code) => {
        if (code !== null) crashes.push((crash = `node on ${port} ended with ${code}: ${said}`));
      });
      while (isUp(own)) {
        const answer = await fetch(`${url}/api/status`).catch(() => undefined);
        if (answer?.ok) return void disturbed.push(Date.now());
        await new Promise((done) => setTimeout(done, 25));
      }
      if (crash !== undefined) throw new Error(crash);
    },
  };
}

function isUp(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}
