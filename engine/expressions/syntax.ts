import { parseExpression } from '@bpmn-io/feelin';

/** Longest expression text that is read, in UTF-16 units. */
export const MAX_TEXT = 2_000;

/** Deepest nesting of the syntax tree. */
export const MAX_DEPTH = 100;

/** A function whose name holds a word of the grammar: the parser has to know it. Not a variable, and the same for all. */
const KNOWN_NAMES = { 'get or else': null };

/** A node of the FEEL syntax tree; comments are left out. `kind` is the name the FEEL grammar gives it. */
export interface SyntaxNode {
  readonly kind: string;
  readonly text: string;
  readonly children: SyntaxNode[];
}

/** Why an expression was refused, for the designer: English and Chinese. */
export class ExpressionRefused extends Error {
  readonly zh: string;
  constructor(reason: string, zh: string) {
    super(reason);
    this.zh = zh;
  }
}

/**
 * Reads FEEL text into a plain tree. The text alone decides how it is read: never the variables, so what was checked at
 * upload is what runs. Throws `ExpressionRefused`.
 */
export function readSyntax(text: string): SyntaxNode {
  if (text.length > MAX_TEXT) {
    throw new ExpressionRefused(
      `Expected at most ${MAX_TEXT} characters, but the expression has ${text.length}`,
      `表达式最长 ${MAX_TEXT} 个字符，实际为 ${text.length} 个`,
    );
  }
  refuseOtherLanguages(text);
  const deepest = openBrackets(text);
  if (deepest > MAX_DEPTH) throw tooDeep();
  const root: SyntaxNode = { kind: 'root', text, children: [] };
  const open = [root];
  parseExpression(text, KNOWN_NAMES, undefined).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw unreadable(text, from);
      if (type.isSkipped) return false;
      if (open.length > 2 * MAX_DEPTH) throw tooDeep();
      const node: SyntaxNode = { kind: type.name, text: text.slice(from, to), children: [] };
      open[open.length - 1]!.children.push(node);
      open.push(node);
    },
    leave: ({ type }) => {
      if (!type.isSkipped) open.pop();
    },
  });
  const expression = root.children[0]?.kind === 'Expression' ? root.children[0] : undefined;
  if (root.children.length !== 1 || expression?.children.length !== 1) throw unreadable(text, 0);
  return expression.children[0]!;
}

/** Nesting as far as brackets tell, before the parser sees the text. */
function openBrackets(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '(' || character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ')' || character === ']' || character === '}') depth--;
  }
  return deepest;
}

function refuseOtherLanguages(text: string): void {
  if (/^\s*[$#]\{/.test(text)) {
    throw new ExpressionRefused(
      'Expected a FEEL expression, but found the form ${…}; write the same condition in FEEL, for example = amount > 100',
      '此处应为 FEEL 表达式，不支持 ${…} 写法；请改写为 FEEL，例如 = amount > 100',
    );
  }
}

function unreadable(text: string, at: number): ExpressionRefused {
  if (text.trim() === '') return new ExpressionRefused('Expected a FEEL expression, but it is empty', '表达式为空');
  const near = text.slice(at, at + 20);
  return near === ''
    ? new ExpressionRefused('Expected a complete FEEL expression, but it ends too early', '表达式不完整')
    : new ExpressionRefused(
        `Expected a FEEL expression, but character ${at + 1} cannot be read: ${near}`,
        `表达式第 ${at + 1} 个字符起无法识别：${near}`,
      );
}

function tooDeep(): ExpressionRefused {
  return new ExpressionRefused(
    `Expected at most ${MAX_DEPTH} levels of nesting, but the expression has more`,
    `表达式嵌套不能超过 ${MAX_DEPTH} 层`,
  );
}
