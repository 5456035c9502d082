import { findBuiltin } from './builtins/index.ts';
import type { Argument, Builtin } from './builtins/builtin.ts';
import { compileClock } from './clock.ts';
import { code } from './code.ts';
import type { Code } from './code.ts';
import { binding, compileNode, readName } from './compile.ts';
import type { Compiler } from './compile.ts';
import { isFulfilled } from './code.ts';
import { nameScope } from './scope.ts';
import { ExpressionRefused } from './syntax.ts';
import type { SyntaxNode } from './syntax.ts';
import { isList, normalName, property } from './values.ts';

/** `name(arguments)` with a built-in of the allow-list; the number and names of arguments are checked here, once. */
export function compileCall(node: SyntaxNode, compiler: Compiler): Code {
  const [target, , parameters] = node.children;
  const name = target!.kind === 'VariableName' ? readName(target!) : normalName(target!.text);
  if (
    target!.kind === 'VariableName' ||
    target!.kind === 'DateTimeConstructor' ||
    target!.kind === 'SpecialFunctionName'
  ) {
    if (name === 'is defined') return compileIsDefined(argumentsOf(parameters), compiler);
    if (name === 'sort') return compileSort(argumentsOf(parameters), compiler);
    const builtin = findBuiltin(name);
    if (builtin) return compileBuiltin(name, builtin, parameters, compiler);
  }
  if ((name === 'now' || name === 'today') && argumentsOf(parameters).length === 0) {
    compiler.readsClock();
    return compileClock(name);
  }
  throw new ExpressionRefused(`Expected a built-in function, but '${name}' is none`, `没有内置函数“${name}”`);
}

function argumentsOf(parameters: SyntaxNode | undefined): SyntaxNode[] {
  return parameters?.kind === 'PositionalParameters' ? parameters.children : [];
}

function compileBuiltin(name: string, builtin: Builtin, given: SyntaxNode | undefined, compiler: Compiler): Code {
  const slots = given?.kind === 'NamedParameters' ? byName(name, builtin, given) : argumentsOf(given);
  checkCount(name, builtin, slots);
  const args = slots.map((slot) => slot && compileNode(slot, compiler));
  const parts = args.filter((arg) => arg !== undefined);
  const own = { loops: builtin.cost === 'scan' ? 1 : 0, heavy: builtin.cost === 'heavy' };
  const reading = builtin.decides ? 'test' : 'any';
  return code(
    reading,
    parts,
    (scope, work) => {
      const values: Argument[] = args.map((arg) => arg?.run(scope, work));
      return builtin.call(values, work);
    },
    own,
  );
}

function byName(name: string, builtin: Builtin, given: SyntaxNode): (SyntaxNode | undefined)[] {
  const slots: (SyntaxNode | undefined)[] = [];
  for (const { children } of given.children) {
    const parameter = normalName(children[0]!.text);
    const at = builtin.parameters.findIndex((candidate) => candidate.name === parameter);
    if (at < 0) {
      throw new ExpressionRefused(
        `Expected a parameter of ${name}, but '${parameter}' is none`,
        `函数“${name}”没有参数“${parameter}”`,
      );
    }
    slots[at] = children[1]!;
  }
  return Array.from(slots);
}

function checkCount(name: string, { parameters }: Builtin, slots: (SyntaxNode | undefined)[]): void {
  const least = parameters.filter((parameter) => !parameter.optional && !parameter.rest).length || 1;
  const most = parameters.at(-1)?.rest ? Infinity : parameters.length;
  const missing = parameters.some((parameter, at) => !parameter.optional && !parameter.rest && !slots[at]);
  if (slots.length >= least && slots.length <= most && !missing) return;
  const range = most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
  throw new ExpressionRefused(
    `Expected ${range} arguments for ${name}, but found ${slots.length}`,
    `函数“${name}”的参数个数不对（${slots.length} 个）`,
  );
}

/** Whether a variable, or a path below one, exists; a null that exists is defined. */
function compileIsDefined(args: SyntaxNode[], compiler: Compiler): Code {
  const [arg] = args;
  if (args.length !== 1) throw new ExpressionRefused('Expected 1 argument for is defined', '“is defined”需要 1 个参数');
  if (arg?.kind === 'PathExpression') {
    const target = compileNode(arg.children[0]!, compiler);
    const name = readName(arg.children[1]!);
    return code('test', [target], (scope, work) => property(target.run(scope, work), name) !== undefined);
  }
  if (arg?.kind !== 'VariableName') {
    const other = compileNode(arg!, compiler);
    return code('test', [other], (scope, work) => other.run(scope, work) !== null);
  }
  const name = readName(arg);
  if (!compiler.bound.has(name)) compiler.names.add(name);
  return code('test', [], (scope) => scope.find(name) !== undefined);
}

/** `sort(list, function(a, b) a.due < b.due)`: the one place where a function may be written. */
function compileSort([list, order]: SyntaxNode[], compiler: Compiler): Code {
  const names = order?.children
    .find((child) => child.kind === 'FormalParameters')
    ?.children.map((child) => readName(child.children[0]!.children[0] ?? child));
  const body = order?.children.find((child) => child.kind === 'FunctionBody')?.children[0];
  const external = order?.children.some((child) => child.kind === 'external');
  if (!list || order?.kind !== 'FunctionDefinition' || external || names?.length !== 2 || !body) {
    throw new ExpressionRefused(
      'Expected sort(list, function(a, b) condition), but found another form',
      'sort 的写法应为 sort(列表, function(a, b) 条件)',
    );
  }
  const [first, second] = names as [string, string];
  const target = compileNode(list, compiler);
  const precedes = compileNode(body, binding(compiler, first, second));
  return code(
    'other',
    [target, precedes],
    (scope, work) => {
      const value = target.run(scope, work);
      if (value === null) return null;
      return (isList(value) ? value : [value]).toSorted((a, b) => {
        work.charge(precedes.size);
        return isFulfilled(precedes.run(nameScope(second, b, nameScope(first, a, scope)), work)) ? -1 : 1;
      });
    },
    { heavy: true },
  );
}
