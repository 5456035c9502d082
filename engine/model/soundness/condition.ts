/** A condition brought into one form: `x <= 5` is the denial of `x > 5`, `not(a)` that of `a`. */
export interface Literal {
  readonly text: string;
  readonly holds: boolean;
}

const COMPARISON = /^([\p{L}_][\p{L}\p{N}_.]*)\s*(<=|>=|!=|=|<|>)\s*(-?\d+(?:\.\d+)?|"[^"\\]*"|true|false)$/u;
const NOT = /^not\s*\(([^()]*)\)$/;

/** The parts of `a and b and c`, or the text itself where we cannot tell. */
export function literals(condition: string): Literal[] {
  const text = condition.replace(/^\s*=/, '').replace(/\s+/g, ' ').trim();
  if (/\bor\b|\bif\b|\bfor\b|\bsome\b|\bevery\b|\bbetween\b|["{[]/.test(text.replace(/"[^"\\]*"/g, '0')))
    return [literal(text)];
  const parts = text.split(/ and (?=(?:[^"]*"[^"]*")*[^"]*$)/);
  return parts.every(isBalanced) ? parts.map(literal) : [literal(text)];
}

/** The value of a condition that is the same whatever the data say. */
export function constantOf(condition: string): boolean | undefined {
  const text = condition.replace(/^\s*=/, '').trim();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** True when both can never hold at once. False where we cannot tell. */
export function excludeEachOther(one: readonly Literal[], other: readonly Literal[]): boolean {
  return one.some((a) => other.some((b) => contradict(a, b)));
}

/** True when the later condition never holds without the earlier one. False where we cannot tell. */
export function covers(earlier: readonly Literal[], later: readonly Literal[]): boolean {
  return earlier.every((a) => later.some((b) => a.text === b.text && a.holds === b.holds));
}

/** True when the two cannot both be as stated. */
export function contradict(a: Literal, b: Literal): boolean {
  if (a.text === b.text) return a.holds !== b.holds;
  return areApart(rangeOf(a), rangeOf(b));
}

/** True when no value lies in both; false where one of them is not known. */
export function areApart(left: Range | undefined, right: Range | undefined): boolean {
  if (!left || !right || left.name !== right.name) return false;
  if ('text' in left || 'text' in right) return 'text' in left && 'text' in right && left.text !== right.text;
  const [low, high] =
    left.from < right.from || (left.from === right.from && left.open !== 'from') ? [left, right] : [right, left];
  return low.to < high.from || (low.to === high.from && (low.open === 'to' || high.open === 'from'));
}

function literal(text: string): Literal {
  const inner = NOT.exec(text)?.[1]?.trim();
  if (inner !== undefined && inner !== '') {
    const { text: plain, holds } = literal(inner);
    return { text: plain, holds: !holds };
  }
  const [, name, operator, value] = COMPARISON.exec(text) ?? [];
  switch (operator) {
    case '!=':
      return value === 'true' || value === 'false'
        ? { text, holds: true }
        : { text: `${name} = ${value}`, holds: false };
    case '<':
      return { text: `${name} >= ${value}`, holds: false };
    case '<=':
      return { text: `${name} > ${value}`, holds: false };
    case '=':
      return value === 'true' || value === 'false'
        ? { text: name!, holds: value === 'true' }
        : { text: `${name} = ${value}`, holds: true };
    case undefined:
      return { text, holds: true };
    default:
      return { text: `${name} ${operator} ${value}`, holds: true };
  }
}

export type Range = { name: string } & ({ text: string } | { from: number; to: number; open?: 'from' | 'to' });

/** Which values of the name satisfy the literal; undefined where it is no plain comparison. */
export function rangeOf({ text, holds }: Literal): Range | undefined {
  const [, name, operator, value] = COMPARISON.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  if (operator === '=' && holds && value.startsWith('"')) return { name, text: value };
  const number = Number(value);
  if (Number.isNaN(number)) return undefined;
  if (operator === '=') return holds ? { name, from: number, to: number } : undefined;
  if (operator === '>')
    return holds ? { name, from: number, to: Infinity, open: 'from' } : { name, from: -Infinity, to: number };
  if (operator === '>=')
    return holds ? { name, from: number, to: Infinity } : { name, from: -Infinity, to: number, open: 'to' };
  return undefined;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth++;
    if (sign === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** What the condition is about: the name that is compared, or the whole text. */
export function subjectOf(text: string): string {
  return COMPARISON.exec(text)?.[1] ?? text;
}
