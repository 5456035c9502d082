import { builtin } from './builtin.ts';
import type { Builtins } from './builtin.ts';
import { ResultTooLarge, MAX_RESULT } from '../output.ts';

function regularExpression(pattern: string, flags: string): RegExp | undefined {
  if (/[^smi]/.test(flags)) return undefined;
  try {
    return new RegExp(pattern, `u${flags}`);
  } catch {
    return undefined;
  }
}

/** The built-ins with regular expressions: a hostile pattern can backtrack for ever, so they need the deadline. */
export const patterns: Builtins = {
  matches: builtin(
    'input: string, pattern: string, flags: string?',
    ([input, pattern, flags = '']: [string, string, string?]) => regularExpression(pattern, flags)?.test(input),
    { decides: true, cost: 'heavy' },
  ),
  replace: builtin(
    'input: string, pattern: string, replacement: string, flags: string?',
    ([input, pattern, replacement, flags = '']: [string, string, string, string?], work) => {
      const expression = regularExpression(pattern, `${flags}`);
      if (!expression) return undefined;
      let length = 0;
      return input.replace(new RegExp(expression, `g${expression.flags}`), (...found: unknown[]) => {
        const groups = found.filter((part, at) => at === 0 || typeof part === 'string' || part === undefined);
        const text = replacement.replace(/\$(\d)/g, (_, digit: string) => (groups[Number(digit)] as string) ?? '');
        work.chargeText(text.length);
        if ((length += text.length) > MAX_RESULT) throw new ResultTooLarge();
        return text;
      });
    },
    { cost: 'heavy' },
  ),
  split: builtin(
    'string: string, delimiter: string',
    ([text, delimiter]: [string, string]) => {
      const expression = regularExpression(delimiter, '');
      return expression && text.split(expression);
    },
    { cost: 'heavy' },
  ),
};
