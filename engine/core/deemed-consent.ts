import { isJsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { finish } from './activity.ts';
import { orIncident } from './incidents.ts';
import { Trouble, type Run } from './run.ts';
import type { Token } from './state.ts';
import { groupsOf } from './task-terms.ts';
import { refuseUnsafeName, visibleVariables } from './variables.ts';

/**
 * Ends a task as if whoever was asked had agreed, with the legal basis on record. `task.no_deemed_consent` where the model
 * states none; trouble `task.bad_deemed_result` where what it states gives no context.
 */
export function deemConsent(run: Run, token: Token): void {
  const node = run.node(token.node);
  const { overdue } = node;
  if (overdue?.does !== 'deemedConsent')
    throw new Rejection(
      'conflict',
      'task.no_deemed_consent',
      `Expected '${token.node}' to state a deemed consent, but it does not`,
      { element: token.node },
    );
  const { basis, result } = overdue;
  const given = run.evaluate(result, visibleVariables(run, token.scope, token.locals)).value;
  if (!isJsonObject(given))
    throw new Trouble(
      'task.bad_deemed_result',
      `Expected '${result.text}' to give a context, but it gave ${JSON.stringify(given).slice(0, 200)}`,
    );
  Object.keys(given).forEach(refuseUnsafeName);
  run.effects.push({ type: 'close-task', token: token.id, outcome: 'completed' });
  run.event('task.deemed', token.node, token.id, { groups: groupsOf(token, node), basis, result: given });
  orIncident(run, token, given, () => finish(run, token, given));
}
