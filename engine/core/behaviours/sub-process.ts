import { beginWaiting, localsOf } from '../activity.ts';
import { openSubProcess } from '../scope.ts';
import type { Behaviour } from './index.ts';

/** Embedded sub-process (BPMN 2.0.2 §13.3.4): its own scope of variables; ends when no token is left in it. */
export const openScope: Behaviour = (run, node, scopeId) => {
  const locals = localsOf(run, node, scopeId);
  const token = beginWaiting(run, node, scopeId, 'scope');
  openSubProcess(run, token, locals ?? {});
};
