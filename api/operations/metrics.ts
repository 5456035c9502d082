import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobWatch } from '../../engine/index.ts';
import type { Store } from '../../engine/store/ports.ts';

/** What this node measures. All label values come from lists in the code: none grows with people, cases or addresses. */
export interface Metrics {
  readonly jobs: JobWatch;
  /** `route`: the template, never the address that was asked for. `seconds` until the last byte. */
  requested(request: { method: string; route: string; status: number }, seconds: number): void;
  /** An event stream begins; call the answer when it ends. */
  streams(): () => void;
  /** The same store, each operation counted and timed; `told` hears of each end, with the error if there was one. */
  measured<S extends Store>(store: S, told?: (error?: unknown) => void): S;
  /** Looked at when somebody asks for the metrics; not a number where that fails. */
  gauge(name: string, help: string, look: () => number | Promise<number>): void;
  /** All of it in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const STORE_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];
const LATE_SECONDS = [0.01, 0.05, 0.25, 1, 4, 15, 60, 600];

/** `process`: also what Node itself measures (event loop lag, memory, garbage collection). */
export function createMetrics({ process = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'onevisit_http_request_seconds',
    help: 'Requests by route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const open = new Gauge({ name: 'onevisit_event_streams', help: 'Event streams that are open', registers });
  const commits = new Counter({
    name: 'onevisit_commits_total',
    help: 'Commits of cases; after a conflict the command decides again',
    labelNames: ['result'],
    registers,
  });
  const events = new Counter({ name: 'onevisit_events_total', help: 'Events written to histories', registers });
  const operations = new Histogram({
    name: 'onevisit_store_seconds',
    help: 'Operations of the store',
    labelNames: ['operation', 'result'],
    buckets: STORE_SECONDS,
    registers,
  });
  const jobs = new Counter({
    name: 'onevisit_jobs_total',
    help: 'Tries of jobs by kind and how they ended',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const late = new Histogram({
    name: 'onevisit_job_late_seconds',
    help: 'From when a job is due to when a node takes it',
    labelNames: ['kind'],
    buckets: LATE_SECONDS,
    registers,
  });

  return {
    jobs: {
      taken: (kind, lateMs) => late.observe({ kind }, Math.max(0, lateMs) / 1000),
      ended: (kind, outcome) => jobs.inc({ kind, outcome }),
    },
    requested({ method, route, status }, seconds) {
      requests.observe({ method: METHODS.has(method) ? method : 'other', route, status: String(status) }, seconds);
    },
    streams() {
      open.inc();
      return () => open.dec();
    },
    measured: (store, told) =>
      measured(store, (operation, result, seconds, args, error) => {
        operations.observe({ operation, result }, seconds);
        told?.(error);
        if (operation !== 'commit') return;
        commits.inc({ result });
        if (result === 'ok') events.inc((args[0] as { events: unknown[] }).events.length);
      }),
    gauge(name, help, look) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // the others are needed most when something is away
          this.set(await Promise.resolve(look()).catch(() => NaN));
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

type Result = 'ok' | 'conflict' | 'failed';
type Observe = (operation: string, result: Result, seconds: number, args: unknown[], error?: unknown) => void;

type Operation = (...args: unknown[]) => unknown;

/** Whatever the store is made of, each of its operations that returns a promise is observed; the rest stays as it is. */
function measured<S extends Store>(store: S, observe: Observe): S {
  const operations = new Map<unknown, Operation>();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || name === 'close')
        return typeof value === 'function' ? value.bind(target) : value;
      if (!operations.has(value)) operations.set(value, observed(target, String(name), value as Operation, observe));
      return operations.get(value);
    },
  });
}

function observed(store: Store, name: string, operation: Operation, observe: Observe): Operation {
  return (...args) => {
    const begin = performance.now();
    const end = (result: Result, error?: unknown) =>
      observe(name, result, (performance.now() - begin) / 1000, args, error);
    const answer = operation.apply(store, args);
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (value: unknown) => {
        end(value === 'conflict' ? 'conflict' : 'ok');
        return value;
      },
      (error: unknown) => {
        end('failed', error);
        throw error;
      },
    );
  };
}
