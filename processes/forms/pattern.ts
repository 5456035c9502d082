const LONGEST = 200;
const MOST_REPEATS = 3;
const MOST_OPTIONALS = 5;

/**
 * Why a form's regular expression is refused, or null when it is safe. Safe means that it cannot backtrack for long on
 * the few characters it is tried on: no repeated groups, no look-around, no back references, and few repetitions.
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
  const counted = [...plain.matchAll(/\{(\d+)(,?)(\d*)\}/g)];
  if (counted.some(([, least, , most]) => Math.max(Number(least), Number(most)) > LONGEST)) {
    return `a repetition has at most ${LONGEST} times`;
  }
  const ranges = counted.filter(([, , comma]) => comma === ',').length;
  const repeats = [...plain.matchAll(/[*+]/g)].length + ranges;
  if (repeats > MOST_REPEATS) return `at most ${MOST_REPEATS} repetitions of variable length are allowed`;
  const optionals = [...plain.replaceAll('(?:', '(').matchAll(/\?/g)].length;
  return optionals > MOST_OPTIONALS ? `at most ${MOST_OPTIONALS} optional parts are allowed` : null;
}
