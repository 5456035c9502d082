import {
  recordId,
  step,
  type CaseState,
  type Command,
  type StepContext,
  type StepResult,
  type Times,
} from '../core/index.ts';
import { evaluateBounded } from '../expressions/index.ts';
import type { Evaluation } from '../expressions/expression.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import type { CaseDeps } from './deps.ts';
import { timesOf } from './times.ts';

/** One step evaluates at most this many expressions in the worker, each with its own deadline. */
const MAX_WORKER_EXPRESSIONS = 100;
/** One step reads at most this many records of data stores. */
const MAX_RECORDS = 1_000;

/** Where a step finds what it needs besides the case. */
export type StepSources = Pick<CaseDeps, 'clock' | 'store' | 'calendar'>;

/**
 * Takes a step, sending expressions without a bound to the worker, reading records of data stores, and taking the step
 * again with what came of it.
 */
export async function takeStep(
  graph: ProcessGraph,
  { row, state }: { row: CaseRow; state: CaseState | null },
  command: Command,
  sources: StepSources,
): Promise<StepResult & { done: true }> {
  const times = timesOf(row, graph, sources.calendar);
  return untilDone(sources, times, (context) => step(graph, state, command, context));
}

/** The same for anything else that the core decides. */
export async function untilDone(
  { clock, store }: Pick<StepSources, 'clock' | 'store'>,
  times: Times,
  attempt: (context: StepContext) => StepResult,
): Promise<StepResult & { done: true }> {
  const now = clock.now();
  const results = new Map<string, Evaluation>();
  const records = new Map<string, JsonObject | null>();
  for (;;) {
    const result = attempt({ now, results, records, times });
    if (result.done) return result;
    if ('record' in result) {
      if (records.size >= MAX_RECORDS) throw tooManyRecords();
      const { store: name, key } = result.record;
      records.set(recordId(name, key), (await store.getDocument(recordsOf(name), key)) ?? null);
      continue;
    }
    if (results.size >= MAX_WORKER_EXPRESSIONS) {
      throw new Rejection(
        'invalid',
        'expression.too_many',
        `Expected at most ${MAX_WORKER_EXPRESSIONS} unbounded expressions in one step, but the model needs more`,
      );
    }
    const { key, expression, variables } = result.needs;
    results.set(key, await evaluateBounded(expression, variables));
  }
}

/** The collection that holds the records of a data store. */
export function recordsOf(dataStore: string): string {
  return `data-store.${dataStore}`;
}

function tooManyRecords(): Rejection {
  return new Rejection(
    'invalid',
    'record.too_many',
    `Expected at most ${MAX_RECORDS} records of data stores in one step, but the model reads more`,
  );
}
