import { localsOf } from '../activity.ts';
import { openSubProcess } from '../sub-process.ts';
import type { Behaviour } from './index.ts';

/** Embedded sub-process (BPMN 2.0.2 §13.3.4): its own scope of variables; ends when no token is left in it. */
export const openScope: Behaviour = (run, node, scopeId) => {
  openSubProcess(run, node, scopeId, localsOf(run, node, scopeId) ?? {});
};
