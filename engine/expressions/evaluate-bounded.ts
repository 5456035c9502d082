import type { Worker } from 'node:worker_threads';
import type { JsonObject } from '../kernel/json.ts';
import { startThread } from '../kernel/thread.ts';
import type { Evaluation, Expression } from './expression.ts';
import { neededVariables } from './result-key.ts';
import type { Request } from './worker.ts';

interface Job {
  readonly request: Request;
  readonly deadlineMs: number;
  readonly answer: (evaluation: Evaluation) => void;
}

const MAX_WAITING = 1_000;

const waiting: Job[] = [];
let worker: Worker | undefined;
let ready = false;
let current: { job: Job; timer: NodeJS.Timeout } | undefined;

/**
 * Evaluates any expression: at once where its cost is bounded, otherwise in a worker thread that is ended when
 * `deadlineMs` (counted from the start of the evaluation, not of the worker) has passed. Never rejects.
 */
export function evaluateBounded(expression: Expression, variables: JsonObject, deadlineMs = 250): Promise<Evaluation> {
  if (expression.evaluate) return Promise.resolve(expression.evaluate(variables));
  if (waiting.length >= MAX_WAITING) {
    return Promise.resolve({ ok: false, reason: 'Too many expressions are waiting to be evaluated' });
  }
  const request = { text: expression.text, variables: neededVariables(expression, variables) };
  return new Promise((answer) => {
    waiting.push({ request, deadlineMs, answer });
    next();
  });
}

/** Ends the worker; whatever waits is answered with a reason. The next evaluation starts a new one. */
export async function closeExpressionWorker(): Promise<void> {
  const closing = worker;
  fail('The engine is closing', true);
  await closing?.terminate();
}

function next(): void {
  if (current || waiting.length === 0) return;
  worker ??= startWorker();
  worker.ref();
  if (!ready) return;
  const job = waiting.shift()!;
  const timer = setTimeout(() => {
    void worker?.terminate();
    fail(`The expression took longer than ${job.deadlineMs} ms`, false);
  }, job.deadlineMs);
  current = { job, timer };
  worker.postMessage(job.request);
}

function startWorker(): Worker {
  const started = startThread(import.meta.url, './worker', {
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
  });
  started.on('message', (message: 'ready' | Evaluation) => {
    if (started !== worker) return;
    if (message === 'ready') ready = true;
    else settle(message);
    next();
  });
  const lost = (reason: string) => {
    // a worker that never got ready would fail again for everyone who waits
    if (started === worker) fail(reason, !ready);
  };
  started.on('error', (error) => lost(`The expression could not be evaluated: ${error.message}`));
  started.on('exit', () => lost('The expression worker ended'));
  return started;
}

function settle(evaluation: Evaluation): void {
  if (!current) return;
  clearTimeout(current.timer);
  const { job } = current;
  current = undefined;
  if (waiting.length === 0) worker?.unref();
  job.answer(evaluation);
}

/** Forgets the worker and answers the running job, or everyone. */
function fail(reason: string, everyone: boolean): void {
  worker = undefined;
  ready = false;
  settle({ ok: false, reason });
  if (everyone) for (const job of waiting.splice(0)) job.answer({ ok: false, reason });
  next();
}
