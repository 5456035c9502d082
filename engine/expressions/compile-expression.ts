import type { Expression } from './expression.ts';
import { compileProgram } from './program.ts';
import { ExpressionRefused } from './syntax.ts';

/** Steps an expression may take on the main thread: about 50 ms in the worst case. */
const INLINE_STEPS = 200_000;

export type Compilation =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly reason: string; readonly zh: string };

/**
 * Checks FEEL text once, at upload, and compiles it. Never throws: what cannot be read, reaches behind the data or is
 * not on the allow-list comes back with the reason in English and Chinese.
 */
export function compileExpression(text: string): Compilation {
  try {
    const program = compileProgram(text);
    const { text: read, names, readsClock } = program;
    const expression: Expression = { text: read, names, ...(readsClock && { readsClock }) };
    if (!program.bounded) return { ok: true, expression };
    return { ok: true, expression: { ...expression, evaluate: (variables) => program.run(variables, INLINE_STEPS) } };
  } catch (error) {
    if (error instanceof ExpressionRefused) return { ok: false, reason: error.message, zh: error.zh };
    return {
      ok: false,
      reason: `Expected a FEEL expression, but it cannot be read: ${String(error)}`,
      zh: '表达式无法识别',
    };
  }
}
