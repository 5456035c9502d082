import { calculate, isArithmeticOperator } from './arithmetic.ts';
import { atLiteral } from './builtins/dates.ts';
import { code, isFulfilled } from './code.ts';
import type { Code } from './code.ts';
import { compileComparison, compileInterval } from './comparison.ts';
import { compileCall } from './calls.ts';
import { compileFilter, compileFor, compileQuantified } from './iteration.ts';
import { contextScope } from './scope.ts';
import { readString } from './strings.ts';
import { ExpressionRefused } from './syntax.ts';
import type { SyntaxNode } from './syntax.ts';
import { isForbiddenName, isList, normalName, property, show } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** Compiling one expression: which names are bound inside it, and which it reads from outside. */
export interface Compiler {
  readonly names: Set<string>;
  readonly bound: ReadonlySet<string>;
  /** Told when the expression asks for the time. */
  readonly readsClock: () => void;
}

export function binding(compiler: Compiler, ...names: string[]): Compiler {
  return { ...compiler, bound: new Set([...compiler.bound, ...names]) };
}

/** Turns a checked node into closures. The kinds named here are the allow-list; all others throw `ExpressionRefused`. */
export function compileNode(node: SyntaxNode, compiler: Compiler): Code {
  const compile = (child: SyntaxNode | undefined) => compileNode(child!, compiler);
  switch (node.kind) {
    case 'NumericLiteral':
      return constant('number', readNumber(node.text));
    case 'BooleanLiteral':
      return constant('boolean', node.text === 'true');
    case 'StringLiteral':
      return constant('string', readString(node.text));
    case 'null':
      return constant('other', null);
    case 'VariableName':
      return compileVariable(node, compiler);
    case 'ParenthesizedExpression':
      return compile(node.children[1]);
    case 'ArithmeticExpression':
      return compileArithmetic(node, compiler);
    case 'Comparison':
      return compileComparison(node, compiler);
    case 'SimplePositiveUnaryTest':
      if (node.children[0]?.kind === 'Interval') return compileInterval(node.children[0], compiler);
      throw refused(node);
    case 'Interval':
      return compileInterval(node, compiler);
    case 'Conjunction':
      return compileLogic(node, compiler, false);
    case 'Disjunction':
      return compileLogic(node, compiler, true);
    case 'IfExpression':
      return compileIf(node, compiler);
    case 'List': {
      const elements = node.children.slice(1, -1).map(compile);
      return code('other', elements, (scope, work) => {
        work.charge(elements.length);
        return elements.map((element) => element.run(scope, work));
      });
    }
    case 'Context':
      return compileContext(node, compiler);
    case 'PathExpression':
      return compilePath(node, compiler);
    case 'FilterExpression':
      return compileFilter(node, compiler);
    case 'QuantifiedExpression':
      return compileQuantified(node, compiler);
    case 'ForExpression':
      return compileFor(node, compiler);
    case 'FunctionInvocation':
      return compileCall(node, compiler);
    case 'DateTimeLiteral':
      return node.children[0]?.kind === 'AtLiteral' ? compileAt(node.children[0]) : compileCall(node, compiler);
    default:
      throw refused(node);
  }
}

/** The name a node spells, with single blanks; refuses names that reach behind the data. */
export function readName(node: SyntaxNode): string {
  const parts = node.children.filter((child) => child.kind.endsWith('Identifier')).map((child) => child.text);
  const name = normalName(parts.length > 0 ? parts.join(' ') : node.text);
  if (name.split(/[\s.]/).some(isForbiddenName)) {
    throw new ExpressionRefused(`Expected a name of the data, but '${name}' is reserved`, `名称“${name}”不允许使用`);
  }
  return name;
}

function refused(node: SyntaxNode): ExpressionRefused {
  const text = node.text.slice(0, 40);
  return new ExpressionRefused(
    `Expected an expression of the supported kind, but ${node.kind} is not allowed here: ${text}`,
    `不支持的写法（${node.kind}）：${text}`,
  );
}

function constant(reading: Code['reading'], value: Value): Code {
  return code(reading, [], () => value);
}

function readNumber(text: string): number {
  const digits = text.replace(/^-\s*/, '');
  return text.startsWith('-') ? -Number(digits) : Number(digits);
}

function compileAt(node: SyntaxNode): Code {
  const literal = node.children.find((child) => child.kind === 'StringLiteral')!;
  const value = atLiteral(readString(literal.text));
  if (value === null) {
    throw new ExpressionRefused(
      `Expected a date, time or duration, but found ${literal.text}`,
      `${literal.text} 不是有效的日期、时间或时长`,
    );
  }
  return constant('other', value);
}

function compileVariable(node: SyntaxNode, compiler: Compiler): Code {
  const name = readName(node);
  if (!compiler.bound.has(name)) compiler.names.add(name);
  return code('any', [], (scope, work) => {
    const found = scope.find(name);
    return found === undefined ? work.warn(`Variable '${name}' not found`) : found;
  });
}

function compileArithmetic(node: SyntaxNode, compiler: Compiler): Code {
  const unary = node.children.length === 2;
  const operator = node.children[unary ? 0 : 1]!.text;
  if (!isArithmeticOperator(operator)) throw refused(node);
  const first = compileNode(node.children[unary ? 1 : 0]!, compiler);
  const left = unary ? constant(first.reading, 0) : first;
  const right = unary ? first : compileNode(node.children[2]!, compiler);
  const reading = left.reading === right.reading ? left.reading : 'any';
  return code(reading, [left, right], (scope, work) =>
    calculate(operator, left.run(scope, work), right.run(scope, work), work),
  );
}

/** Three-valued: what decides alone (`true or …`, `false and …`) decides, whatever the other side is. */
function compileLogic(node: SyntaxNode, compiler: Compiler, decisive: boolean): Code {
  const left = compileNode(node.children[0]!, compiler);
  const right = compileNode(node.children[2]!, compiler);
  return code('test', [left, right], (scope, work) => {
    const a = left.run(scope, work);
    if (a === decisive) return decisive;
    const b = right.run(scope, work);
    if (b === decisive) return decisive;
    return a === !decisive && b === !decisive ? !decisive : null;
  });
}

function compileIf(node: SyntaxNode, compiler: Compiler): Code {
  const parts = node.children.filter((child) => !['if', 'then', 'else'].includes(child.kind));
  const [condition, then, otherwise] = parts.map((part) => compileNode(part, compiler));
  if (!condition || !then || !otherwise) throw refused(node);
  const reading = then.reading === otherwise.reading ? then.reading : 'any';
  return code(reading, [condition, then, otherwise], (scope, work) =>
    (isFulfilled(condition.run(scope, work)) ? then : otherwise).run(scope, work),
  );
}

function compileContext(node: SyntaxNode, compiler: Compiler): Code {
  let inner = compiler;
  const entries = node.children.slice(1, -1).map((entry) => {
    const [key, value] = entry.children;
    if (entry.kind !== 'ContextEntry' || !key || !value) throw refused(node);
    const name = readKey(key);
    const compiled = compileNode(value, inner);
    inner = binding(inner, name);
    return { name, value: compiled };
  });
  return code(
    'other',
    entries.map((entry) => entry.value),
    (scope, work) => {
      work.charge(entries.length);
      const result: Record<string, Value> = {};
      const local = contextScope(result, scope);
      for (const entry of entries) result[entry.name] = entry.value.run(local, work);
      return result;
    },
  );
}

function readKey(node: SyntaxNode): string {
  const key = node.kind === 'Key' ? node.children[0]! : node;
  if (key.kind !== 'StringLiteral') return readName(key);
  const name = readString(key.text);
  return isForbiddenName(name) ? readName({ kind: 'Name', text: name, children: [] }) : name;
}

function compilePath(node: SyntaxNode, compiler: Compiler): Code {
  const target = compileNode(node.children[0]!, compiler);
  const name = readName(node.children[1]!);
  const read = (value: Value, work: Work): Value => {
    work.charge(1);
    return property(value, name) ?? missing(value, name, work);
  };
  return code('any', [target], (scope, work) => {
    const value = target.run(scope, work);
    return isList(value) ? value.map((element) => read(element, work)) : read(value, work);
  });
}

function missing(value: Value, name: string, work: Work): null {
  const known = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return known ? null : work.warn(`Property '${name}' not found in ${show(value)}`);
}
