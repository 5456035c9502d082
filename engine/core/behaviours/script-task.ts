import { finishAtOnce, localsOf } from '../activity.ts';
import { visibleVariables } from '../variables.ts';
import type { Behaviour } from './index.ts';

/** Evaluates a FEEL expression; the value goes into the result variable. A context without one sets its entries. */
export const runScript: Behaviour = (run, node, scopeId) => {
  const locals = localsOf(run, node, scopeId);
  const { expression, result } = node.script!;
  const { value } = run.evaluate(expression, visibleVariables(run, scopeId, locals));
  const isContext = value !== null && typeof value === 'object' && !Array.isArray(value);
  finishAtOnce(run, node, scopeId, result !== undefined ? { [result]: value } : isContext ? value : {}, locals);
};
