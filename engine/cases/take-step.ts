import { step, type CaseState, type Command, type StepResult } from '../core/index.ts';
import { evaluateBounded } from '../expressions/index.ts';
import type { Evaluation } from '../expressions/expression.ts';
import type { ProcessGraph } from '../model/graph.ts';
import { Rejection } from '../kernel/rejection.ts';

/** One step evaluates at most this many expressions in the worker, each with its own deadline. */
const MAX_WORKER_EXPRESSIONS = 100;

/** Takes a step, sending expressions without a bound to the worker and taking the step again with their results. */
export async function takeStep(
  graph: ProcessGraph,
  state: CaseState | null,
  command: Command,
  now: number,
): Promise<StepResult & { done: true }> {
  return untilDone((results) => step(graph, state, command, { now, results }));
}

/** The same for anything else that the core decides. */
export async function untilDone(
  attempt: (results: ReadonlyMap<string, Evaluation>) => StepResult,
): Promise<StepResult & { done: true }> {
  const results = new Map<string, Evaluation>();
  for (;;) {
    const result = attempt(results);
    if (result.done) return result;
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
