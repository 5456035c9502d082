import { code, isFulfilled } from './code.ts';
import type { Code } from './code.ts';
import { compileMatcher, isOperatorTest } from './comparison.ts';
import { binding, compileNode, readName } from './compile.ts';
import type { Compiler } from './compile.ts';
import { contextScope, elementScope, nameScope } from './scope.ts';
import type { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax.ts';
import { FeelRange, isList, show } from './values.ts';
import type { Value } from './values.ts';
import type { Work } from './work.ts';

/** A range written in numbers up to this long is as good as a list. */
const SHORT_RANGE = 1_000;

/** `list[3]`, `list[-1]`, `list[price > 10]`, `list[> 10]`. */
export function compileFilter(node: SyntaxNode, compiler: Compiler): Code {
  const target = compileNode(node.children[0]!, compiler);
  const body = node.children[2]!;
  const inside = binding(compiler, 'item');
  if (isOperatorTest(body)) {
    const matcher = compileMatcher(body, inside);
    return filterBy(target, matcher.part, (element, scope, work) => matcher.matches(element, scope, work));
  }
  const condition = compileNode(body, inside);
  const perElement = condition.reading === 'test' || (condition.reading === 'any' && mentionsItem(body));
  if (perElement) {
    return filterBy(target, condition, (element, scope, work) => {
      const result = condition.run(elementScope(element, scope), work);
      return result instanceof FeelRange ? null : result;
    });
  }
  const outside = compileNode(body, compiler);
  return code('any', [target, outside], (scope, work) => {
    const list = target.run(scope, work);
    return list === null ? null : pick(isList(list) ? list : [list], outside.run(scope, work), work);
  });
}

function mentionsItem(node: SyntaxNode): boolean {
  return (node.kind === 'VariableName' && node.text === 'item') || node.children.some(mentionsItem);
}

function pick(list: readonly Value[], at: Value, work: Work): Value {
  if (typeof at === 'boolean') return at ? list : [];
  if (typeof at !== 'number') return work.warn(`${show(at)} is no position in a list`) ?? [];
  const index = at < 0 ? list.length + at : at - 1;
  return list[index] ?? (index in list ? null : work.warn(`The list has no element ${at}`));
}

function filterBy(target: Code, body: Code, keep: (element: Value, scope: Scope, work: Work) => Value): Code {
  return code(
    'any',
    [target, body],
    (scope, work) => {
      const list = target.run(scope, work);
      if (list === null) return null;
      return (isList(list) ? list : [list]).filter((element) => {
        work.charge(1 + body.size);
        return keep(element, scope, work) === true;
      });
    },
    { loops: 1 + body.loops },
  );
}

export function compileQuantified(node: SyntaxNode, compiler: Compiler): Code {
  const every = node.children[0]!.kind === 'every';
  const loop = compileLoop(node.children[1]!, node.children[3]!, compiler);
  return code(
    'test',
    loop.parts,
    (scope, work) => {
      const scopes = loop.scopes(scope, work);
      if (scopes === null) return null;
      const fulfilled = (inner: Scope) => {
        work.charge(1 + loop.body.size);
        return isFulfilled(loop.body.run(inner, work));
      };
      return every ? scopes.every(fulfilled) : scopes.some(fulfilled);
    },
    loop,
  );
}

/** `for x in list return …`; `partial` is the list of results so far. */
export function compileFor(node: SyntaxNode, compiler: Compiler): Code {
  const loop = compileLoop(node.children[1]!, node.children.at(-1)!, binding(compiler, 'partial'));
  return code(
    'other',
    loop.parts,
    (scope, work) => {
      const partial: Value[] = [];
      const scopes = loop.scopes(scope, work);
      if (scopes === null) return null;
      for (const inner of scopes) {
        work.charge(1 + loop.body.size);
        partial.push(loop.body.run(contextScope({ partial }, inner), work));
      }
      return partial;
    },
    loop,
  );
}

interface Loop {
  readonly parts: Code[];
  readonly body: Code;
  readonly loops: number;
  readonly heavy: boolean;
  /** One scope per combination; null when something to iterate is no list. */
  readonly scopes: (scope: Scope, work: Work) => Scope[] | null;
}

function compileLoop(iterators: SyntaxNode, bodyNode: SyntaxNode, compiler: Compiler): Loop {
  let inner = compiler;
  const sources = iterators.children.map((iterator) => {
    const name = readName(iterator.children[0]!);
    const source = compileSource(iterator.children[2]!, inner);
    inner = binding(inner, name);
    return { name, ...source };
  });
  const body = compileNode(bodyNode, inner);
  return {
    parts: [...sources.map((source) => source.part), body],
    body,
    loops: sources.length + Math.max(body.loops, ...sources.slice(1).map((source) => source.part.loops)),
    heavy: sources.some((source) => source.long),
    scopes: (scope, work) => {
      let scopes: Scope[] = [scope];
      for (const { name, part } of sources) {
        const next: Scope[] = [];
        for (const outer of scopes) {
          const elements = elementsOf(part.run(outer, work), work);
          if (elements === null) return null;
          work.charge(elements.length);
          for (const element of elements) next.push(nameScope(name, element, outer));
        }
        scopes = next;
      }
      return scopes;
    },
  };
}

function compileSource(node: SyntaxNode, compiler: Compiler): { part: Code; long: boolean } {
  const written = node.children.length === 2 ? node : rangeInside(node.children[0]!);
  const parts = node.children.map((child) => compileNode(child, compiler));
  const long = written !== undefined && !isShort(written);
  const [start, end] = parts;
  if (!end) return { part: start!, long };
  const part = code('other', parts, (scope, work) => {
    return new FeelRange(start!.run(scope, work), end.run(scope, work), true, true);
  });
  return { part, long };
}

function rangeInside(node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === 'Interval') return node;
  const wraps = node.kind === 'SimplePositiveUnaryTest' || node.kind === 'ParenthesizedExpression';
  return wraps ? node.children.map(rangeInside).find((found) => found !== undefined) : undefined;
}

function isShort(range: SyntaxNode): boolean {
  const ends = range.children.filter((child) => child.kind === 'NumericLiteral').map((child) => Number(child.text));
  return ends.length === 2 && Math.abs(ends[0]! - ends[1]!) <= SHORT_RANGE;
}

function elementsOf(source: Value, work: Work): readonly Value[] | null {
  if (isList(source)) return source;
  if (!(source instanceof FeelRange)) return work.warn(`${show(source)} is no list`);
  const { start, end, startIncluded, endIncluded } = source;
  if (!Number.isInteger(start) || !Number.isInteger(end))
    return work.warn('Only a range of whole numbers can be counted');
  const [first, last] = [start as number, end as number];
  const step = first > last ? -1 : 1;
  const elements: number[] = [];
  for (let n = first; step > 0 ? n <= last : n >= last; n += step) {
    work.charge(1);
    if ((n !== first || startIncluded) && (n !== last || endIncluded)) elements.push(n);
  }
  return elements;
}
