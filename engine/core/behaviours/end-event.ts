import { throwError } from '../errors.ts';
import { terminateScope } from '../scope.ts';
import type { Behaviour } from './index.ts';

/** End events (BPMN 2.0.2 §13.5.4): none consumes the token, terminate ends the scope, error leaves it. */
export const reachEnd: Behaviour = (run, node, scopeId) => {
  if (node.trigger?.type === 'error') {
    throwError(run, { scope: scopeId }, node.trigger.code ?? '', node.name);
    return;
  }
  if (node.trigger?.type === 'terminate') {
    run.event('element.completed', node.id, undefined, { flows: [] });
    terminateScope(run, scopeId);
    return;
  }
  run.push({ do: 'leave', node, scope: scopeId });
};
