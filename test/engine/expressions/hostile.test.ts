import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeExpressionWorker, compileExpression, evaluateBounded } from '../../../engine/expressions/index.ts';
import type { Evaluation } from '../../../engine/expressions/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';

afterAll(closeExpressionWorker);

async function evaluate(text: string, variables: JsonObject = {}, deadlineMs = 250): Promise<Evaluation | 'refused'> {
  const compilation = compileExpression(text);
  return compilation.ok ? evaluateBounded(compilation.expression, variables, deadlineMs) : 'refused';
}

/** CPU time, so that a busy machine does not decide the test. */
function timed<T>(run: () => T): { result: T; ms: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

describe('reaching behind the data', () => {
  it.each([
    'constructor',
    '__proto__',
    'prototype',
    'a.constructor',
    'a.__proto__.x',
    '[].constructor',
    '"".constructor',
  ])('%s is refused', async (text) => expect(await evaluate(text)).toBe('refused'));
  it.each(['{__proto__: 1}', '{"__proto__": {a: 1}}', '{constructor: 1}', 'a[constructor = 1]', '`constructor`'])(
    '%s is refused',
    async (text) => expect(await evaluate(text)).toBe('refused'),
  );
  it.each([
    'for __proto__ in [1] return 1',
    'some constructor in [1] satisfies true',
    'constructor.constructor("x")()',
  ])('%s is refused', async (text) => expect(await evaluate(text)).toBe('refused'));

  it.each([
    'toString',
    'hasOwnProperty',
    'a.toString',
    'a.valueOf',
    'list[1].length',
    'text.length',
    'date("2026-01-01").toString',
    'date("2026-01-01").constructor1',
    'duration("P1D").ms',
    '[1..2].map',
    'get value(a, "constructor")',
    'get value(a, "__proto__")',
    'get value(a, "toString")',
    'process',
    'globalThis',
    'require',
  ])('%s is null', async (text) => {
    expect(await evaluate(text, { a: { b: 1 }, list: [1], text: 'abc' })).toMatchObject({ ok: true, value: null });
  });

  it('does not see or pass on a __proto__ entry of the data', async () => {
    const variables = JSON.parse(
      '{"a": {"__proto__": {"admin": true}, "b": 1}, "__proto__": {"evil": 1}}',
    ) as JsonObject;
    expect(await evaluate('a', variables)).toEqual({ ok: true, value: { b: 1 }, warnings: [] });
    expect(await evaluate('evil', variables)).toMatchObject({ value: null });
    expect(await evaluate('a.admin', variables)).toMatchObject({ value: null });
    expect(await evaluate('get entries(a)', variables)).toMatchObject({ value: [{ key: 'b', value: 1 }] });
    expect(await evaluate('context merge([a])', variables)).toMatchObject({ value: { b: 1 } });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('hostile text', () => {
  it.each([
    ['a million characters', '1+'.repeat(500_000) + '1'],
    ['brackets', '('.repeat(1_000) + ')'.repeat(1_000)],
    ['nested brackets', '('.repeat(150) + '1' + ')'.repeat(150)],
    ['nested lists', '['.repeat(900)],
    ['minus signs', '-'.repeat(1_999) + '1'],
    ['nested conditions', 'if a then '.repeat(150) + '1' + ' else 1'.repeat(60)],
    ['nested loops', 'for i in x return '.repeat(110) + '1'],
    ['a long chain', 'a.'.repeat(999) + 'a'],
    ['many words', 'a '.repeat(1_000)],
    ['many entries', `{${Array.from({ length: 330 }, (_, at) => `k${at}:1`).join(',')}}`],
    ['comparisons', 'a<'.repeat(999) + 'a'],
    ['an open text', `"${'a'.repeat(1_900)}`],
    ['an open comment', `1 /* ${'*'.repeat(1_900)}`],
    ['zero bytes', '\u0000'.repeat(100)],
    ['half characters', '\ud800'.repeat(100)],
  ])('%s is read or refused quickly', (_, text) => {
    const { result, ms } = timed(() => compileExpression(text));
    expect(typeof result.ok).toBe('boolean');
    expect(ms).toBeLessThan(600);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'for',
        ' in ',
        ' return ',
        'if ',
        ' then ',
        ' else ',
        '[',
        ']',
        '{',
        '}',
        '(',
        ')',
        '"',
        '..',
        ',',
        ':',
      ),
      fc.constantFrom(
        'some ',
        ' satisfies ',
        'function',
        'external',
        '@',
        '?',
        '-',
        ' and ',
        'not(',
        'a',
        '1',
        '//',
        '`',
        '.',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const compilation = compileExpression(pieces.join(''));
        if (compilation.ok) compilation.expression.evaluate?.({ a: [1, { a: 'x' }] });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('hostile data', () => {
  const big = Array.from({ length: 300_000 }, (_, at) => ({ price: at, tags: ['a', 'b'] }));

  it.each([
    'big[price > 5 and price < 10 or price = 7].tags',
    'sum(for x in big return x.price * x.price + x.price)',
    'every x in big satisfies x.price >= 0 and count(x.tags) = 2',
    `concatenate(${new Array(200).fill('big').join(',')})`,
    `[${new Array(300).fill('big').join(',')}]`,
    'big = big',
    'string(big)',
    'string join(big.tags)',
    'flatten(big)',
    'big',
  ])('%s over 300,000 elements does not block', (text) => {
    const compilation = compileExpression(text);
    if (!compilation.ok) throw new Error(compilation.reason);
    if (!compilation.expression.evaluate) return;
    const { result, ms } = timed(() => compilation.expression.evaluate!({ big }));
    expect(typeof result.ok).toBe('boolean');
    expect(ms).toBeLessThan(600);
  });

  it('refuses a text that grows without end, and a result that is too large', async () => {
    const long = 'x'.repeat(1_000_000);
    expect(await evaluate(new Array(150).fill('s').join('+'), { s: long })).toMatchObject({ ok: false });
    expect(await evaluate('s + s', { s: long })).toMatchObject({ ok: false });
    expect(await evaluate('contains(s, s)', { s: long })).toMatchObject({ ok: false });
  });

  it('survives data that is nested deeper than the stack', async () => {
    let deep: JsonObject = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { deep };
    expect(await evaluate('deep = deep', { deep })).toMatchObject({ ok: false });
    expect(await evaluate('deep', { deep })).toMatchObject({ ok: false });
    expect(await evaluate('string(deep)', { deep })).toMatchObject({ ok: false });
  });

  it('does not hang on a list that holds itself', async () => {
    expect(await evaluate('for i in [1, 2] return partial')).toMatchObject({ ok: false });
  });
});

describe('what only a deadline bounds', () => {
  it.each([
    'for i in 1..1000000000 return i',
    'for i in [1..1000000000] return i',
    'for i in n..m return i',
    'for x in xs return for y in xs return x * y',
    'for x in xs, y in xs return x * y',
    'xs[count(xs[item > 1]) > 2]',
    'some x in xs satisfies list contains(xs, x + 1)',
    'matches(text, "a+")',
    'replace(text, "a", "b")',
    'split(text, ",")',
    'distinct values(xs)',
    'sort(xs, function(a, b) a < b)',
  ])('%s has no direct evaluation', (text) => {
    const compilation = compileExpression(text);
    expect(compilation.ok && compilation.expression.evaluate === undefined).toBe(true);
  });

  it('is evaluated in a worker all the same', async () => {
    const variables = { xs: [3, 1, 2, 3], text: 'a,b,ca', n: 1, m: 4 };
    const answer = async (text: string) => {
      const evaluation = await evaluate(text, variables, 5_000);
      return evaluation !== 'refused' && evaluation.ok ? evaluation.value : evaluation;
    };
    expect(await answer('for x in xs, y in [1, 2] return x * y')).toEqual([3, 6, 1, 2, 2, 4, 3, 6]);
    expect(await answer('sort(xs, function(a, b) a < b)')).toEqual([1, 2, 3, 3]);
    expect(await answer('distinct values(xs)')).toEqual([3, 1, 2]);
    expect(await answer('split(text, ",")')).toEqual(['a', 'b', 'ca']);
    expect(await answer('matches(text, "^A", "i")')).toBe(true);
    expect(await answer('replace(text, "(a|c)", "<$1>")')).toBe('<a>,b,<c><a>');
    expect(await answer('for i in n..m return i')).toEqual([1, 2, 3, 4]);
    expect(await answer('matches(text, "(")')).toBeNull();
  });

  it.each([
    ['a catastrophic pattern', `matches("${'a'.repeat(50)}!", "^(a+)+$")`],
    ['a catastrophic replacement', `replace("${'a'.repeat(50)}!", "^(a|aa)+$", "x")`],
    ['loops in loops', 'for a in 1..3000, b in 1..3000 return a * b'],
    ['an endless range', 'count(for i in 1..1000000000 return i)'],
    ['doubling', 'for i in 1..60 return concatenate([i], partial, partial)'],
  ])('%s ends with a reason, and the next evaluation works', async (_, text) => {
    expect(await evaluate(text, {}, 300)).toEqual({ ok: false, reason: expect.any(String) as unknown });
    expect(await evaluate('distinct values([1, 1])', {}, 5_000)).toMatchObject({ ok: true, value: [1] });
  });

  it('keeps the main thread free while it runs, and answers all who wait in turn', async () => {
    const order: string[] = [];
    const slow = evaluate(`matches("${'a'.repeat(60)}!", "^(a+)+$")`, {}, 300).then(() => order.push('slow'));
    const quick = evaluate('distinct values([1, 1])', {}, 5_000).then(() => order.push('quick'));
    const tick = new Promise((resolve) => setImmediate(resolve)).then(() => order.push('main'));
    await Promise.all([slow, quick, tick]);
    expect(order).toEqual(['main', 'slow', 'quick']);
  });

  it('answers what is still waiting when it closes', async () => {
    const waiting = [evaluate('distinct values([1])', {}, 5_000), evaluate('distinct values([2])', {}, 5_000)];
    await closeExpressionWorker();
    for (const evaluation of await Promise.all(waiting)) expect(evaluation).toMatchObject({ ok: false });
    expect(await evaluate('distinct values([3])', {}, 5_000)).toMatchObject({ ok: true, value: [3] });
  });
});
