import { beginWaiting, localsOf } from '../activity.ts';
import { announceCall, prepareCall } from '../called-case.ts';
import type { Behaviour } from './index.ts';

/** Call activity (BPMN 2.0.2 §10.3.6): the called process runs as a case of its own, and this token waits for its end. */
export const callCase: Behaviour = (run, node, scopeId) => {
  const locals = localsOf(run, node, scopeId);
  const call = prepareCall(run, node, scopeId, locals);
  const token = beginWaiting(run, node, scopeId, 'case', locals);
  token.work = 1;
  announceCall(run, token, call);
};
