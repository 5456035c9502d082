import { throwAll } from '../throw.ts';
import type { Behaviour } from './index.ts';
import { openJob } from './service-task.ts';

/**
 * Intermediate throw and end events (BPMN 2.0.2 §10.5.5, §13.5.6): messages are jobs and go out first, the rest happens
 * at once. A none event just lets the token go on.
 */
export const throwEvent: Behaviour = (run, node, scopeId) => {
  if (node.job) openJob(run, node, scopeId);
  else throwAll(run, node, scopeId);
};
