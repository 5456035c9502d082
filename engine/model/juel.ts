const TOKEN =
  /\s+|(?<path>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|(?<number>\d+(?:\.\d+)?)|'(?<single>[^'\\]*)'|"(?<double>[^"\\]*)"|(?<operator>==|!=|>=|<=|&&|\|\||[<>!()+\-*/])/uy;

const OPERATORS: Readonly<Record<string, string>> = { '==': '=', '&&': 'and', '||': 'or' };
const WORDS: ReadonlyMap<string, string> = new Map([
  ['eq', '='],
  ['ne', '!='],
  ['gt', '>'],
  ['lt', '<'],
  ['ge', '>='],
  ['le', '<='],
]);
const KEPT_WORDS = new Set(['and', 'or', 'true', 'false', 'null']);
const REFUSED_WORDS = new Set(['not', 'empty', 'mod', 'div', 'instanceof']);

/**
 * The FEEL text of a simple JUEL expression as Camunda 7 files hold it: paths, comparisons, and, or. Undefined for
 * anything else (method calls, text around `${}`, several of them).
 */
export function juelToFeel(text: string): string | undefined {
  const inner = /^[$#]\{([^{}]*)\}$/.exec(text.trim())?.[1];
  if (inner === undefined || inner.trim() === '') return undefined;
  const words: string[] = [];
  let afterPath = false;
  for (let at = 0; at < inner.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(inner);
    if (!token) return undefined;
    const { path, number, single, double, operator } = token.groups!;
    // f(…) calls a method of a Java object
    if (operator === '(' && afterPath) return undefined;
    if (path !== undefined) {
      if (REFUSED_WORDS.has(path)) return undefined;
      words.push(WORDS.get(path) ?? path);
      afterPath = !WORDS.has(path) && !KEPT_WORDS.has(path);
    } else if (number !== undefined) words.push(number);
    else if (single !== undefined || double !== undefined) words.push(JSON.stringify(single ?? double));
    else if (operator === '!') {
      const negated = /^\s*([\p{L}_][\p{L}\p{N}_.]*)/u.exec(inner.slice(TOKEN.lastIndex));
      if (!negated) return undefined;
      words.push(`not(${negated[1]!})`);
      TOKEN.lastIndex += negated[0].length;
      if (inner.slice(TOKEN.lastIndex).trimStart().startsWith('(')) return undefined;
    } else if (operator !== undefined) words.push(OPERATORS[operator] ?? operator);
    if (path === undefined && token[0].trim() !== '') afterPath = false;
  }
  return words.join(' ');
}
