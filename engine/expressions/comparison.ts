import { code } from './code.ts';
import type { Code } from './code.ts';
import { compare, equals, includes } from './compare.ts';
import type { Comparator } from './compare.ts';
import { compileNode } from './compile.ts';
import type { Compiler } from './compile.ts';
import type { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax.ts';
import { FeelRange, isList } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** Whether a value passes a test such as `> 5`, `[1..5]` or a plain value. */
export interface Matcher {
  readonly matches: (value: Value, scope: Scope, work: Work) => boolean | null;
  readonly part: Code;
}

export function compileComparison(node: SyntaxNode, compiler: Compiler): Code {
  const [left, operator, ...rest] = node.children as [SyntaxNode, SyntaxNode, ...SyntaxNode[]];
  const value = compileNode(left, compiler);
  if (operator.kind === 'in') return compileIn(value, rest, compiler);
  if (operator.kind === 'between') return compileBetween(value, rest, compiler);
  const other = compileNode(rest[0]!, compiler);
  const comparator = operator.text as Comparator;
  return code('test', [value, other], (scope, work) =>
    compare(comparator, value.run(scope, work), other.run(scope, work), work),
  );
}

function compileBetween(value: Code, rest: SyntaxNode[], compiler: Compiler): Code {
  const low = compileNode(rest[0]!, compiler);
  const high = compileNode(rest[2]!, compiler);
  return code('test', [value, low, high], (scope, work) => {
    const tested = value.run(scope, work);
    const [start, end] = [low.run(scope, work), high.run(scope, work)];
    if (start === null || end === null) return null;
    return includes(new FeelRange(start, end, true, true), tested, work);
  });
}

function compileIn(value: Code, rest: SyntaxNode[], compiler: Compiler): Code {
  const list = rest.find((child) => child.kind === 'PositiveUnaryTests');
  if (list) {
    const matchers = list.children.map((child) => compileMatcher(child, compiler));
    const parts = matchers.map((matcher) => matcher.part);
    return code('test', [value, ...parts], (scope, work) => {
      const tested = value.run(scope, work);
      return matchers.some((matcher) => matcher.matches(tested, scope, work) === true);
    });
  }
  const test = withoutParentheses(rest[0]!.children[0]!);
  const matcher = compileMatcher(rest[0]!, compiler);
  if (isOperatorTest(test)) {
    return code(
      'test',
      [value, matcher.part],
      (scope, work) => matcher.matches(value.run(scope, work), scope, work) === true,
    );
  }
  return code('test', [value, matcher.part], (scope, work) => {
    const tested = value.run(scope, work);
    const against = matcher.part.run(scope, work);
    if (against === null) return null;
    const tests = isList(against) ? against : [against];
    return tests.some((one) => passes(one, tested, work) === true);
  });
}

/** `> 5` as a test of its own, without the value it is about. */
export function isOperatorTest(node: SyntaxNode): boolean {
  return node.kind === 'SimplePositiveUnaryTest' && node.children[0]?.kind === 'CompareOp';
}

function withoutParentheses(node: SyntaxNode): SyntaxNode {
  return node.kind === 'ParenthesizedExpression' ? withoutParentheses(node.children[1]!) : node;
}

export function compileMatcher(node: SyntaxNode, compiler: Compiler): Matcher {
  const test = withoutParentheses(node.kind === 'PositiveUnaryTest' ? node.children[0]! : node);
  if (isOperatorTest(test)) {
    const comparator = test.children[0]!.text as Comparator;
    const part = compileNode(test.children[1]!, compiler);
    return { part, matches: (value, scope, work) => compare(comparator, value, part.run(scope, work), work) };
  }
  const part = compileNode(test, compiler);
  return { part, matches: (value, scope, work) => passes(part.run(scope, work), value, work) };
}

function passes(test: Value, value: Value, work: Work): boolean | null {
  return test instanceof FeelRange ? includes(test, value, work) : equals(test, value, work);
}

export function compileInterval(node: SyntaxNode, compiler: Compiler): Code {
  const [opening, low, high, closing] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
  const start = compileNode(low, compiler);
  const end = compileNode(high, compiler);
  return code('test', [start, end], (scope, work) => {
    const [first, last] = [start.run(scope, work), end.run(scope, work)];
    return new FeelRange(first, last, first !== null && opening.text === '[', last !== null && closing.text === ']');
  });
}
