import { PATTERN_TEXT } from './form.ts';

const LONGEST = 200;
/** 2 to this power: about 4 million steps, tens of milliseconds. */
const MOST_WAYS = 22;

/**
 * Why a form's regular expression is refused, or null when it is safe. Safe means that it cannot backtrack for long on
 * the few characters it is tried on: no repeated groups, no look-around, no back references, and few ways to match.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > LONGEST) return `a pattern has at most ${LONGEST} characters`;
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'it is no regular expression';
  }
  // what is inside a class or behind a backslash is no operator
  const bare = pattern.replace(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\./gsu, (escape) =>
    /\\[1-9k]/.test(escape) ? '\\1' : 'x',
  );
  const plain = bare.replace(/\[[^\]]*\]/g, 'x');
  if (plain.includes('\\1')) return 'back references are not allowed';
  if (/\(\?(?!:)/.test(plain)) return 'look-around and named groups are not allowed';
  if (/\)[*+?{]/.test(plain)) return 'a group must not be repeated';
  if (
    [...plain.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].some(([, least, most]) => Math.max(+least!, +(most ?? 0)) > LONGEST)
  ) {
    return `a repetition has at most ${LONGEST} times`;
  }
  return waysToMatch(plain) > MOST_WAYS ? 'it can match in too many ways; use {1,6} in place of + and fewer ?' : null;
}

/** How many ways a backtracking matcher may have to try at worst, as a power of two. */
function waysToMatch(plain: string): number {
  const perRepeat = Math.log2(PATTERN_TEXT);
  let ways = [...plain.matchAll(/[*+]/g)].length * perRepeat;
  for (const [, least, most] of plain.matchAll(/\{(\d+),(\d*)\}/g)) {
    ways += most === '' ? perRepeat : Math.log2(Math.max(1, Number(most) - Number(least) + 1));
  }
  ways += [...plain.replaceAll('(?:', '(').matchAll(/\?/g)].length;
  const alternatives = [1];
  for (const character of plain) {
    if (character === '(') alternatives.push(1);
    if (character === '|') alternatives[alternatives.length - 1]!++;
    if (character === ')') ways += Math.log2(alternatives.pop()!);
  }
  return ways + Math.log2(alternatives[0]!);
}
