import { Rejection } from '../kernel/rejection.ts';
import { NeedsRecord, NeedsWorker, Trouble, type Run } from './run.ts';
import type { StepResult } from './step-types.ts';
import { BudgetSpent } from './transitions.ts';

/**
 * Runs one step to its end: `begin` decides (Troubles there refuse the step), `rest` lets the tokens run on. A step beyond
 * its budget is taken again with `park`; an expression that needs the worker comes back as `needs`.
 */
export function attempt(begin: (park: boolean) => { run: Run; rest: () => void }): StepResult {
  try {
    return complete(begin, false);
  } catch (thrown) {
    if (thrown instanceof BudgetSpent) return complete(begin, true);
    if (thrown instanceof NeedsRecord) return { done: false, record: { store: thrown.store, key: thrown.key } };
    if (thrown instanceof NeedsWorker) {
      return { done: false, needs: { key: thrown.key, expression: thrown.expression, variables: thrown.variables } };
    }
    throw thrown;
  }
}

function complete(begin: (park: boolean) => { run: Run; rest: () => void }, park: boolean): StepResult {
  const { run, rest } = refusingTroubles(() => begin(park));
  rest();
  return { done: true, state: run.state, events: run.events, effects: run.effects };
}

function refusingTroubles<Result>(decide: () => Result): Result {
  try {
    return decide();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    throw new Rejection('invalid', trouble.code, trouble.message);
  }
}
