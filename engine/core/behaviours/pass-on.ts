import { finishAtOnce, localsOf } from '../activity.ts';
import type { Behaviour } from './index.ts';

/**
 * Elements in which a case never waits: gateways after their join, none events, abstract tasks, and manual tasks, which
 * are done without help of a system and so without its knowledge (BPMN 2.0.2 §10.3.3, §13.3.3).
 */
export const passOn: Behaviour = (run, node, scopeId) =>
  finishAtOnce(run, node, scopeId, {}, localsOf(run, node, scopeId));
