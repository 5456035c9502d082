import { localsOf } from '../activity.ts';
import { openAdHoc } from '../ad-hoc.ts';
import type { Behaviour } from './index.ts';

/** Ad-hoc sub-process (BPMN 2.0.2 §13.3.5): a scope in which somebody chooses what is done. */
export const openChoice: Behaviour = (run, node, scopeId) => {
  openAdHoc(run, node, scopeId, localsOf(run, node, scopeId) ?? {});
};
