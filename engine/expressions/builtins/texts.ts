import type { Value } from '../values.ts';
import { builtin } from './builtin.ts';
import type { Builtins } from './builtin.ts';

function countCharacters(text: string): number {
  const characters = text[Symbol.iterator]();
  let count = 0;
  while (!characters.next().done) count++;
  return count;
}

/** DMN 1.3, 10.3.4.3, without regular expressions. Characters are Unicode code points: 𠮷 counts as one. */
export const texts: Builtins = {
  substring: builtin(
    'string: string, start position: number, length: number?',
    ([text, start, length]: [string, number, number?]) => {
      if (start === 0) return undefined;
      const characters = Array.from(text);
      const from = start < 0 ? characters.length + start : start - 1;
      if (length === undefined) return characters.slice(from).join('');
      return characters.slice(from, from + length).join('');
    },
  ),
  'string length': builtin('string: string', ([text]: [string]) => countCharacters(text)),
  'upper case': builtin('string: string', ([text]: [string]) => text.toUpperCase()),
  'lower case': builtin('string: string', ([text]: [string]) => text.toLowerCase()),
  'substring before': builtin('string: string, match: string', ([text, match]: [string, string]) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(0, at);
  }),
  'substring after': builtin('string: string, match: string', ([text, match]: [string, string]) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(at + match.length);
  }),
  contains: builtin(
    'string: string, match: string',
    ([text, match]: [string, string], work) => {
      // naive search costs the product of both lengths in the worst case
      work.charge((text.length * Math.min(match.length, 1000)) >> 8);
      return text.includes(match);
    },
    { decides: true },
  ),
  'starts with': builtin('string: string, match: string', ([text, match]: [string, string]) => text.startsWith(match), {
    decides: true,
  }),
  'ends with': builtin('string: string, match: string', ([text, match]: [string, string]) => text.endsWith(match), {
    decides: true,
  }),
  'string join': builtin(
    'list: list, delimiter: string?',
    ([list, delimiter = '']: [readonly Value[], string?], work) => {
      const parts: string[] = [];
      for (const element of list) {
        if (element === null) continue;
        if (typeof element !== 'string') return undefined;
        work.chargeText(element.length + delimiter.length);
        parts.push(element);
      }
      return parts.join(delimiter);
    },
    { cost: 'scan' },
  ),
};
