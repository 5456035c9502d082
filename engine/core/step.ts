import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import { attempt } from './attempt.ts';
import { applyCommand } from './commands.ts';
import { Run } from './run.ts';
import { STATE_FORMAT, type CaseState } from './state.ts';
import type { Command, StepContext, StepResult } from './step-types.ts';
import { runToRest } from './transitions.ts';

const NEW_CASE: CaseState = {
  format: STATE_FORMAT,
  status: 'active',
  seq: 0,
  scopes: { '0': { id: '0', node: '', kind: 'process', variables: {}, live: 0 } },
  tokens: {},
};

/**
 * Takes one step of a case: applies the command and runs until every token waits. Pure: the same model, state, command
 * and context give the same bytes; `state` is not changed. `null` is the state before `start`.
 * Rejects with `case.closed`, `case.unknown_token`, and the codes of each command (see commands.ts).
 * Expressions that need the worker come back as `needs`; a loop beyond the budget becomes an incident.
 */
export function step(model: ProcessGraph, state: CaseState | null, command: Command, context: StepContext): StepResult {
  if (state && state.status !== 'active') {
    throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${state.status}`, {
      status: state.status,
    });
  }
  return attempt((park) => {
    const run = new Run(model, state ?? NEW_CASE, context);
    applyCommand(run, command);
    return { run, rest: () => runToRest(run, park) };
  });
}
