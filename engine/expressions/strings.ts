import { ExpressionRefused } from './syntax.ts';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The text a FEEL string literal stands for. */
export function readString(literal: string): string {
  return literal.slice(1, -1).replace(/\\(u[a-fA-F0-9]{4}|U[a-fA-F0-9]{6}|["\\nrt])/g, (_, escape: string) => {
    if (escape.length === 1) return ESCAPES[escape]!;
    const point = parseInt(escape.slice(1), 16);
    if (point > 0x10ffff) throw new ExpressionRefused(`\\${escape} is no character`, `\\${escape} 不是有效字符`);
    return escape.length === 5 ? String.fromCharCode(point) : String.fromCodePoint(point);
  });
}
