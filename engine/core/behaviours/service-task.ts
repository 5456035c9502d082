import { beginWaiting, localsOf } from '../activity.ts';
import { createJob, jobTerms } from '../job.ts';
import { visibleVariables } from '../variables.ts';
import type { Behaviour } from './index.ts';
import { runScript } from './script-task.ts';

/** Service, send, business-rule and script tasks: work for a connector or an external worker, or FEEL at once. */
export const openJob: Behaviour = (run, node, scopeId) => {
  if (node.script) return runScript(run, node, scopeId);
  const locals = localsOf(run, node, scopeId);
  const terms = jobTerms(run, node, visibleVariables(run, scopeId, locals));
  const token = beginWaiting(run, node, scopeId, 'job', locals);
  token.work = 1;
  createJob(run, node, token, terms);
};
