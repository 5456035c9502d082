import { describe, expect, it } from '@jest/globals';
import { compileExpression, withClock } from '../../../engine/expressions/index.ts';
import type { JsonObject, JsonValue } from '../../../engine/kernel/json.ts';
import { translateJuel } from '../../../engine/model/juel.ts';

function feelOf(juel: string): string | undefined {
  const translated = translateJuel(juel);
  return translated.ok ? translated.feel : undefined;
}

describe('JUEL becomes FEEL', () => {
  it.each([
    ['${approved}', 'approved'],
    ['#{applicant.name}', 'applicant.name'],
    ['${amount >= 100 && region == "east"}', 'amount >= 100 and region = "east"'],
    ["${result eq 'ok' || !urgent}", 'result = "ok" or not(urgent)'],
    ['${nrOfCompletedInstances / nrOfInstances > 0.5}', 'nrOfCompletedInstances / nrOfInstances > 0.5'],
    ['${(a or b) and c != null}', '(a or b) and c != null'],
    ['${审核结论 == "通过"}', '审核结论 = "通过"'],
    ['${a lt 1 and b le 2 and c gt 3 and d ge 4 and e ne 5}', 'a < 1 and b <= 2 and c > 3 and d >= 4 and e != 5'],
    ['${not empty list}', 'not(list contains([null, "", []], list))'],
    ['${a - (b - c)}', 'a - (b - c)'],
    ['${a / (b * c) * -d}', 'a / (b * c) * -d'],
    ['${(a + b) * c}', '(a + b) * c'],
    ['${a == b == true}', '(a = b) = true'],
    ['${!a == b}', 'not(a) = b'],
    ['${a % 2 == 0}', 'modulo(a, 2) = 0'],
    [
      '${approved ? "yes" : amount > 5 ? "maybe" : "no"}',
      'if approved then "yes" else if amount > 5 then "maybe" else "no"',
    ],
    ['${(a ? 1 : 2) + 1}', '(if a then 1 else 2) + 1'],
    ['${items[0].price}', 'items[1].price'],
    ['${order["customer id"]}', 'get value(order, "customer id")'],
    ["${name == 'it\\'s'}", 'name = "it\'s"'],
    ['${"}" == brace}', '"}" = brace'],
    ['Dear ${name}, case ${no}', 'string join(["Dear ", string(name), ", case ", string(no)])'],
    ['${a}${b}', 'string join([string(a), string(b)])'],
    ['${execution.getVariable("amount") > 5}', 'amount > 5'],
    ['${loopCounter == 0}', 'loopCounter - 1 = 0'],
    ['${dateTime().plusDays(3).toDate()}', 'now() + duration("P3D")'],
    ['${now()}', 'now()'],
    ['${dateTime().minusWeeks(1).plusHours(2)}', 'now() - duration("P7D") + duration("PT2H")'],
  ])('%s', (juel, feel) => {
    expect(feelOf(juel)).toBe(feel);
    expect(compileExpression(feel)).toMatchObject({ ok: true });
  });

  it.each<[string, JsonObject, JsonValue]>([
    ['${empty list}', { list: [] }, true],
    ['${empty list}', { list: '' }, true],
    ['${empty list}', {}, true],
    ['${!empty list}', { list: [0] }, true],
    ['${!empty list}', { list: 'a' }, true],
    ['${empty list || list[0] == 3}', { list: [3] }, true],
    ['${7 % 4 + 1}', {}, 4],
    ['${10 - 3 - 2}', {}, 5],
    ['${2 + 3 * 4}', {}, 14],
    ['${12 / 3 / 2}', {}, 2],
    ['${-amount + 1}', { amount: 3 }, -2],
    ['Hello ${name}', { name: null }, 'Hello '],
    ['${a || b && c}', { a: true, b: true, c: false }, true],
    ['${dateTime().plusDays(1)}', {}, '1970-01-02T08:00:00+08:00'],
  ])('%s means the same', (juel, variables, value) => {
    const compiled = compileExpression(feelOf(juel)!);
    if (!compiled.ok) throw new Error(compiled.reason);
    expect(compiled.expression.evaluate!(withClock(compiled.expression, variables, 0))).toMatchObject({
      ok: true,
      value,
    });
  });

  it.each([
    ['a method call', '${bean.check()}', 'check()'],
    ['a call on a result', '${!bean.check()}', 'check()'],
    ['a blank before the call', '${bean.check ()}', 'check()'],
    ['a call on brackets', '${(a).b()}', 'b()'],
    ['a function', '${S(json).prop("a")}', 'S()'],
    ['a clock that is asked for more', '${dateTime().plusDays(n)}', 'plusDays()'],
    ['the execution', '${execution.processBusinessKey}', 'execution'],
    ['the task', '${task.assignee}', 'task'],
    ['nothing', '${}', 'empty'],
    ['a computed index', '${list[i]}', 'index'],
    ['an open end', '${a', 'FEEL'],
    ['half an expression', '${a >}', 'FEEL'],
    ['two in one', '${a b}', 'FEEL'],
    ['a map', '${{"a": 1}}', 'FEEL'],
    ['a lambda', '${x -> x + 1}', 'FEEL'],
    ['endless brackets', `\${${'('.repeat(5_000)}`, 'FEEL'],
    ['endless negation', `\${${'!'.repeat(5_000)}a}`, 'FEEL'],
  ])('%s is refused with the way out', (_, juel, hint) => {
    const translated = translateJuel(juel);
    expect(translated).toMatchObject({ ok: false, en: expect.stringContaining(hint) as unknown });
    expect(!translated.ok && translated.zh).toMatch(/\p{Script=Han}/u);
  });
});
