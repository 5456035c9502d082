import { beginWaiting, localsOf } from '../activity.ts';
import type { Behaviour } from './index.ts';
import { runScript } from './script-task.ts';

/** Service, send and business-rule tasks: work for a connector or an external worker, or a FEEL rule at once. */
export const openJob: Behaviour = (run, node, scopeId) => {
  if (node.script) return runScript(run, node, scopeId);
  const token = beginWaiting(run, node, scopeId, 'job', localsOf(run, node, scopeId));
  token.work = 1;
  run.effects.push({ type: 'create-job', token: token.id, node: node.id, work: 1 });
};
