import { describe, expect, it } from '@jest/globals';
import { compileExpression, literalExpression, resultKey, withClock } from '../../../engine/expressions/index.ts';
import type { Evaluation, Expression } from '../../../engine/expressions/index.ts';
import type { JsonObject, JsonValue } from '../../../engine/kernel/json.ts';

function compiled(text: string): Expression {
  const compilation = compileExpression(text);
  if (!compilation.ok) throw new Error(compilation.reason);
  return compilation.expression;
}

function evaluate(text: string, variables: JsonObject = {}): Evaluation {
  return compiled(text).evaluate!(variables);
}

function value(text: string, variables: JsonObject = {}): JsonValue {
  const evaluation = evaluate(text, variables);
  if (!evaluation.ok) throw new Error(evaluation.reason);
  return evaluation.value;
}

describe('an expression', () => {
  it('may begin with an equals sign, as the files of other tools write it', () => {
    expect(value('= 1 + 1')).toBe(2);
    expect(value('1 = 1')).toBe(true);
    expect(compiled(' = a').text).toBe('a');
  });

  it('tells which variables it reads, and none of the names it binds itself', () => {
    expect(compiled('a + b.c').names).toEqual(['a', 'b']);
    expect(compiled('for x in xs return x + y').names).toEqual(['xs', 'y']);
    expect(compiled('{k: a, l: k + 1}').names).toEqual(['a']);
    expect(compiled('申请 金额 > 1 and is defined(已缴税)').names).toEqual(['申请 金额', '已缴税']);
  });

  it('finds names with unusual blanks and rare characters', () => {
    expect(value('申请 金额', { '申请  金额 ': 7 })).toBe(7);
    expect(value('𠮷野 + 1', { 𠮷野: 1 })).toBe(2);
  });

  it.each([
    ['amount', "Variable 'amount' not found"],
    ['applicant.age', "Property 'age' not found in {…}"],
    ['1 / 0', 'Division by zero'],
    ['n < "3"', 'Can\'t compare 5 with "3"'],
    ['n + "3"', 'Can\'t calculate 5 + "3"'],
    ['[1, 2][3]', 'The list has no element 3'],
    ['sum(["a"])', '"a" is not a number'],
    ['date("2026-02-30")', 'A built-in function has no answer for its arguments'],
    ['10 ** 400', 'The result is not a finite number'],
  ])('%s is null and says why', (text, warning) => {
    const evaluation = evaluate(text, { n: 5, applicant: {} });
    expect(evaluation).toMatchObject({ ok: true, value: null });
    expect(evaluation.ok && evaluation.warnings).toContain(warning);
  });

  it('gives dates, times and durations as ISO 8601 text', () => {
    expect(value('date("2026-01-31") + duration("P1M")')).toBe('2026-02-28');
    expect(value('date and time("2026-03-01T09:00:00") + duration("PT36H")')).toBe('2026-03-02T21:00:00+08:00');
    expect(value('date and time("2026-03-01T00:00:00Z")')).toBe('2026-03-01T00:00:00Z');
    expect(value('time("09:30:00") + duration("PT45M")')).toBe('10:15:00');
    expect(value('duration("P20D") + duration("P10D")')).toBe('P30D');
    expect(value('duration("P400D")')).toBe('P400D');
    expect(value('date("2026-03-01") - date("2025-03-01")')).toBe('P365D');
    expect(value('[@"P1Y2M", @"-PT90S", @"P0D"]')).toEqual(['P1Y2M', '-PT1M30S', 'PT0S']);
    expect(value('day of week(date("2026-03-01"))')).toBe('Sunday');
  });

  it('takes a time without offset as China Standard Time, whatever the machine says', () => {
    const text = 'date and time("2026-03-01T09:00:00") = date and time("2026-03-01T01:00:00Z")';
    const before = process.env.TZ;
    for (const zone of ['UTC', 'America/New_York', 'Asia/Shanghai']) {
      process.env.TZ = zone;
      expect(value(text)).toBe(true);
      expect(value('date("2026-03-01T02:00:00+08:00")')).toBe('2026-03-01');
    }
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it('leaves text that looks like a date alone', () => {
    expect(value('due', { due: '2026-03-01' })).toBe('2026-03-01');
    expect(value('date(due) > date("2026-02-28")', { due: '2026-03-01' })).toBe(true);
    expect(value('due > date("2026-02-28")', { due: '2026-03-01' })).toBeNull();
  });

  it('filters by any condition about the element', () => {
    const files = [{ name: 'a.pdf' }, { name: 'b.jpg' }];
    expect(value('files[ends with(item.name, ".pdf")].name', { files })).toEqual(['a.pdf']);
    expect(value('files[item.ok]', { files: [{ ok: true }, { ok: false }, {}] })).toEqual([{ ok: true }]);
    expect(value('[true, false][item = false]')).toEqual([false]);
  });

  it('knows what is defined', () => {
    expect(value('is defined(a)', { a: null })).toBe(true);
    expect(value('is defined(b)', { a: null })).toBe(false);
    expect(value('is defined(a.b)', { a: { b: null } })).toBe(true);
    expect(value('is defined(a.c)', { a: { b: null } })).toBe(false);
  });

  it('gives equal bytes for equal input and changes nothing it was given', () => {
    const variables = Object.freeze({
      xs: Object.freeze([3, 1, 2]) as unknown as number[],
      o: Object.freeze({ a: 1 }),
    });
    const text = '{sum: sum(xs), rev: reverse(xs), more: append(xs, 4), merged: context merge([o, {b: 2}])}';
    expect(JSON.stringify(evaluate(text, variables))).toBe(JSON.stringify(evaluate(text, variables)));
    expect(variables).toEqual({ xs: [3, 1, 2], o: { a: 1 } });
  });
});

describe('where the answer is not the one of feelin', () => {
  it.each<[string, JsonValue]>([
    ['"3" < 5', null],
    ['true < 1', null],
    ['date("2026-03-01") < date and time("2026-03-01T09:00:00")', null],
    ['string(duration("P30D"))', 'P30D'],
    ['for i in 3..0 return i', [3, 2, 1, 0]],
    ['number("")', null],
    ['number("0x10")', null],
    ['median([10, 9, 2])', 9],
    ['count([1, 2])', 2],
  ])('%s', (text, expected) => expect(value(text, { count: 7 })).toEqual(expected));
});

describe('functions beyond DMN that files of Camunda 8 call', () => {
  it.each<[string, JsonValue]>([
    ['get or else(missing, 1)', 1],
    ['get or else(a, 1) + 1', 3],
    ['get or else(a > 1, false) or b', true],
    ['is empty([])', true],
    ['is empty("")', true],
    ['is empty(list)', false],
    ['list[not(is empty(string(item)))]', [1, 2]],
    ['is blank("  ")', true],
    ['is blank("a")', false],
    ['trim("  a b ")', 'a b'],
    ['context put({x: 1}, "y", 2)', { x: 1, y: 2 }],
    ['context put(person, "name", "B")', { name: 'B' }],
  ])('%s', (text, value) => {
    expect(evaluate(text, { a: 2, b: false, list: [1, 2], person: { name: 'A' } })).toMatchObject({ ok: true, value });
  });

  it.each(['is empty(5)', 'context put({x: 1}, "__proto__", 2)', 'context put({x: 1}, "constructor", 2)', 'trim(5)'])(
    '%s has no answer',
    (text) => {
      expect(evaluate(text)).toMatchObject({ ok: true, value: null });
    },
  );
});

describe('the time', () => {
  const at = (text: string, instant: number) => {
    const compiled = compileExpression(text);
    if (!compiled.ok) throw new Error(compiled.reason);
    const { expression } = compiled;
    return expression.evaluate!(withClock(expression, { days: 2 }, instant));
  };
  const morning = Date.parse('2026-03-02T23:30:00Z');

  it.each([
    ['now()', '2026-03-03T07:30:00+08:00'],
    ['today()', '2026-03-03'],
    ['now() + duration("P1D")', '2026-03-04T07:30:00+08:00'],
    ['now() < date and time("2026-03-03T08:00:00")', true],
    ['for i in [1, 2] return today()', ['2026-03-03', '2026-03-03']],
  ])('%s is that of the step', (text, value) => {
    expect(at(text, morning)).toEqual({ ok: true, value, warnings: [] });
  });

  it('is part of the key under which a result of the worker is kept, and only where it is asked for', () => {
    const key = (text: string, instant: number) => {
      const compiled = compileExpression(text);
      if (!compiled.ok) throw new Error(compiled.reason);
      return resultKey(compiled.expression, withClock(compiled.expression, {}, instant));
    };
    expect(key('now()', 1)).not.toBe(key('now()', 2));
    expect(key('a', 1)).toBe(key('a', 2));
  });

  it('is unknown where nobody gives it', () => {
    const compiled = compileExpression('now()');
    expect(compiled.ok && compiled.expression.evaluate!({})).toMatchObject({ ok: true, value: null });
  });
});

describe('an expression is refused at upload', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['=', 'empty'],
    ['1 +', 'ends too early'],
    ['1 2', 'cannot be read'],
    ['a &&  b', 'cannot be read'],
    ['${amount > 100}', 'FEEL'],
    ['#{amount}', 'FEEL'],
    ['now(1)', 'none'],
    ['fetch("http://x")', "'fetch' is none"],
    ['a.b(1)', 'none'],
    ['function(x) x', 'FunctionDefinition'],
    ['function(x) external {java: {class: "java.lang.Runtime"}}', 'FunctionDefinition'],
    ['sort(xs, function(a, b) external {java: {}})', 'sort(list'],
    ['contains("a")', 'Expected 2 arguments'],
    ['sum()', 'at least 1'],
    ['substring(text: "a", start position: 1)', "'text' is none"],
    ['a instance of number', 'InstanceOfExpression'],
    ['? > 3', 'not allowed here'],
    ['@"nonsense"', 'date, time or duration'],
  ])('%p', (text, reason) => {
    const compilation = compileExpression(text);
    expect(compilation).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as unknown });
    expect(!compilation.ok && compilation.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('a literal', () => {
  it('is an expression that reads nothing', () => {
    const literal = literalExpression('PT5M');
    expect(literal.names).toEqual([]);
    expect(literal.evaluate!({})).toEqual({ ok: true, value: 'PT5M', warnings: [] });
  });
});

describe('the key of a result', () => {
  it('follows the text and the variables that are read, and nothing else', () => {
    const sum = compiled('a + b');
    const key = resultKey(sum, { a: 1, b: 2, other: 1 });
    expect(resultKey(sum, { b: 2, a: 1, other: 2 })).toBe(key);
    expect(resultKey(sum, { a: 1, b: 3 })).not.toBe(key);
    expect(resultKey(sum, { a: 1 })).not.toBe(resultKey(sum, { a: 1, b: null }));
    expect(resultKey(compiled('a - b'), { a: 1, b: 2 })).not.toBe(key);
  });
});
