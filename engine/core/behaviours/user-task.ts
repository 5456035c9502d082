import { beginWaiting, localsOf } from '../activity.ts';
import { taskTerms } from '../task-terms.ts';
import { visibleVariables } from '../variables.ts';
import type { Behaviour } from './index.ts';

/** A person's work (BPMN 2.0.2 §10.3.4.1): the case waits until a handler completes the task. */
export const openTask: Behaviour = (run, node, scopeId) => {
  const locals = localsOf(run, node, scopeId);
  const { assignee } = node.assignment ?? {};
  const variables = visibleVariables(run, scopeId, locals);
  const named = assignee && run.evaluate(assignee, variables).value;
  const terms = taskTerms(run, node, variables);
  const token = beginWaiting(run, node, scopeId, 'task', locals);
  if (terms) token.task = terms;
  if (typeof named === 'string' && named !== '') {
    token.assignee = named;
    token.claimedAt = run.now;
  }
  run.effects.push({ type: 'open-task', token: token.id, node: node.id, assignee: token.assignee ?? null });
};
