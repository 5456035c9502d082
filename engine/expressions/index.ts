export type { Evaluation, Expression } from './expression.ts';
export { withClock } from './clock.ts';
export { compileExpression } from './compile-expression.ts';
export type { Compilation } from './compile-expression.ts';
export { closeExpressionWorker, evaluateBounded } from './evaluate-bounded.ts';
export { literalExpression } from './literal-expression.ts';
export { resultKey } from './result-key.ts';
