import type { JsonObject } from '../kernel/json.ts';
import { compileNode } from './compile.ts';
import type { Evaluation } from './expression.ts';
import { ResultTooLarge, toJson } from './output.ts';
import { contextScope } from './scope.ts';
import { readSyntax } from './syntax.ts';
import { OutOfSteps, Work } from './work.ts';

/** A compiled expression, before it is decided where it runs. */
export interface Program {
  readonly text: string;
  readonly names: readonly string[];
  readonly readsClock?: true;
  /** True where text and data bound the cost: it may run on the main thread. */
  readonly bounded: boolean;
  /** Never throws; `steps` bounds the work. */
  readonly run: (variables: JsonObject, steps: number) => Evaluation;
}

/** Parses, checks and compiles FEEL text; one leading `=` is allowed. Throws `ExpressionRefused`. */
export function compileProgram(source: string): Program {
  const text = source.replace(/^\s*=/, '').trim();
  const names = new Set<string>();
  const asked = { clock: false };
  const root = compileNode(readSyntax(text), { names, bound: new Set(), readsClock: () => void (asked.clock = true) });
  return {
    text,
    ...(asked.clock && { readsClock: true as const }),
    names: [...names],
    bounded: !root.heavy && root.loops <= 1,
    run: (variables, steps) => {
      const work = new Work(steps);
      try {
        const value = toJson(root.run(contextScope(variables), work), work);
        return { ok: true, value, warnings: work.warnings };
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof OutOfSteps) return 'The expression needs more steps than allowed for the size of its data';
  if (error instanceof ResultTooLarge) return 'The result of the expression is too large';
  // deep data, or a text longer than the runtime can hold
  if (error instanceof RangeError) return 'The expression needs more memory than allowed';
  return `The expression failed: ${error instanceof Error ? error.message : String(error)}`;
}
