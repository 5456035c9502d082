import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { feelinValue, ourValue } from './feelin.ts';

const variables: JsonObject = {
  amount: 1200.5,
  n: 3,
  zero: 0,
  nothing: null,
  yes: true,
  no: false,
  name: '王小明',
  rare: '𠮷野家',
  empty: [],
  list: [1, 2, 3, 5],
  words: ['甲', '乙', 'c'],
  flags: [true, false, true],
  '申请 金额': 7,
  已缴税: true,
  applicant: { name: '张三', age: 30, address: { city: '本溪' } },
  items: [
    { name: 'a', price: 3 },
    { name: 'b', price: 9 },
    { name: 'c', price: 20, tags: ['x', 'y'] },
  ],
};

/** Every line is evaluated by both; the answers must be equal. */
const table = `
1
-1
1.5
.5
"text"
"a\\"b\\\\c\\n"
true
false
null
amount
n + 1
n - 1
n * 2.5
n / 2
n / zero
n ** 2
-n
-(n + 1)
2 + 3 * 4 - 5 / 2
(2 + 3) * 4
2 ** 3 ** 2
1 - 1 - 1
"a" + "b"
"a" + 1
1 + "a"
nothing + 1
name + "先生"
list + 1
missing
missing.part
nothing.part
amount > 1000
amount >= 1200.5
amount < 3
amount <= 3
n = 3
n != 3
name = "王小明"
name != "王小明"
n = "3"
n != "3"
nothing = null
missing = null
n = null
n != null
nothing < 3
3 < nothing
"a" < "b"
"b" <= "a"
list = [1, 2, 3, 5]
list = [1, 2]
[1] = 1
1 = [1]
[] = null
{a: 1} = {a: 1}
{a: 1} = {a: 2}
{a: 1} = {b: 1}
yes and no
yes and nothing
no and nothing
nothing and no
nothing and nothing
yes or nothing
no or nothing
nothing or yes
nothing or no
1 and true
true or 1
not(yes)
not(nothing)
not(1)
已缴税 = true and 申请 金额 > 5
申请 金额 + 1
if yes then 1 else 2
if no then 1 else 2
if nothing then 1 else 2
if n > 2 then "big" else "small"
if n > 2 then if n > 5 then "a" else "b" else "c"
n between 1 and 5
n between 4 and 5
n between 5 and 1
nothing between 1 and 5
n between nothing and 5
n in [1..5]
n in (3..5]
n in [3..5)
n in ]3..5[
n in (1, 2, 3)
n in (> 2)
n in > 3
n in (< 2, > 10)
n in (> 2, < 1)
n in list
n in [4, 5]
name in ("王小明", "李雷")
nothing in (1, null)
nothing in [1..5]
"b" in ["a".."c"]
n in [1..2]
n in (1, [3..4])
[1, 2, 3]
[1, "a", null, true]
[]
{a: 1, "b c": 2}
{a: 1, b: a + 1}
{}
{x: {y: [1]}}
applicant.name
applicant.address.city
applicant.missing
applicant.address.missing.more
items.name
items.price
items.tags
items[1].name
items[2].price
list[1]
list[4]
list[-1]
list[5]
list[0]
list[n]
list[n + 1]
empty[1]
nothing[1]
n[1]
name[1]
list[item > 2]
list[item > 2 and item < 5]
list[> 2]
list[item in [2..3]]
items[price > 5]
items[price > 5].name
items[item.price > 5][1].name
items[name = "a"]
items[name = "z"]
items[price between 3 and 9].name
list[item = 2 or item = 3]
count(list)
count([])
count(1)
sum(list)
sum([])
sum(1, 2, 3)
sum(items.price)
sum([1, null])
sum(["a"])
min(list)
max(list)
min(3, 1, 2)
max([])
mean(list)
mean([])
product(list)
median([2, 1, 3])
median([4, 1, 3, 2])
stddev([2, 4, 7, 5])
mode([6, 3, 9, 6, 6])
all([true, true])
all(flags)
all([true, null])
all([])
any(flags)
any([false, null])
any([])
list contains(list, 3)
list contains(list, 4)
list contains(words, "乙")
list contains([null], null)
append(list, 7)
append(list, 7, 8)
concatenate(list, [7], [8, 9])
sublist(list, 2)
sublist(list, 2, 2)
sublist(list, -2)
insert before(list, 2, 9)
remove(list, 2)
reverse(list)
index of([1, 2, 1], 1)
index of(list, 9)
flatten([1, [2, [3, []]]])
string join(words, "、")
string join(["a", null, "b"])
contains(name, "小")
contains(name, "大")
contains(nothing, "大")
contains(1, "大")
starts with(name, "王")
ends with(name, "明")
string length(name)
string length(rare)
upper case("aBc")
lower case("aBc")
substring(name, 2)
substring(name, 1, 2)
substring(name, -1)
substring(rare, 2)
substring before("2026-03", "-")
substring after("2026-03", "-")
substring before("a", "-")
substring(string: name, start position: 2)
number("12")
number("12.5")
number("1,200.50", ",", ".")
number("1.200,50", ".", ",")
number("abc")
string(1.5)
string(true)
string("a")
string([1, "a", null])
string({a: 1, b: "x"})
string(null)
floor(1.7)
floor(-1.7)
ceiling(1.2)
round half up(1.5, 0)
round half up(-1.5, 0)
round half up(1.005, 2)
round half down(1.5, 0)
round up(1.21, 1)
round down(-1.29, 1)
decimal(2.5, 0)
decimal(3.5, 0)
decimal(1.115, 2)
abs(-3)
abs(nothing)
modulo(10, 3)
modulo(-10, 3)
modulo(10, 0)
sqrt(16)
sqrt(-1)
log(10)
exp(1)
odd(3)
even(3)
get value(applicant, "age")
get value(applicant, "missing")
get entries({a: 1})
context merge([{a: 1}, {b: 2}])
some x in list satisfies x > 4
some x in list satisfies x > 9
some x in [] satisfies true
every x in list satisfies x > 0
every x in list satisfies x > 1
every x in [] satisfies false
some x in nothing satisfies x > 4
some i in items satisfies i.price > 10
every x in [1..3] satisfies x < 4
for x in list return x * 2
for x in [] return x
for i in 1..3 return i * i
for i in 3..1 return i
for x in items return x.name
for i in [1..3] return i + n
for i in 0..4 return if i = 0 then 1 else i * partial[-1]
date("2026-03-01") < date("2026-03-02")
date("2026-03-01") = date("2026-03-01")
date("2026-03-01").year
date("2026-03-01").month
date("2026-03-01").day
date("2026-03-01").weekday
date(2026, 3, 1) = date("2026-03-01")
date("2026-13-01")
date("2026-01-31") + duration("P1M") = date("2026-02-28")
date("2026-03-01") - date("2026-02-01") = duration("P28D")
date("2026-03-01") - duration("P1D") = date("2026-02-28")
date("2024-02-29") + duration("P1Y") = date("2025-02-28")
date("2026-03-01") in [date("2026-01-01")..date("2026-12-31")]
date and time("2026-03-01T09:00:00+08:00") = date and time("2026-03-01T01:00:00Z")
date and time("2026-03-01T09:00:00Z") < date and time("2026-03-01T09:00:01Z")
date and time("2026-03-01T09:00:00Z").hour
time("09:30:00").minute
time("09:30:00") < time("10:00:00")
duration("P1D") < duration("P2D")
duration("PT24H") = duration("P1D")
duration("P1Y") = duration("P12M")
duration("P1D") + duration("PT12H") = duration("PT36H")
duration("nonsense")
years and months duration(date("2024-01-15"), date("2026-03-20")).years
@"2026-03-01" = date("2026-03-01")
@"P1D" = duration("P1D")
day of year(date("2026-03-01"))
week of year(date("2026-01-01"))
// a comment
1 + /* in between */ 2
nrOfCompletedInstances / nrOfInstances >= 0.6
count(items[price > 5]) > 1 and applicant.age >= 18
`
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('//'));

describe('FEEL, compared with feelin', () => {
  it('compares more than a hundred expressions', () => expect(table.length).toBeGreaterThan(100));

  it.each(table)('%s', (text) => {
    expect(ourValue(text, variables)).toEqual(feelinValue(text, variables));
  });
});

/** Expressions of the compiled subset, nested; operands are kept to kinds on which both implementations are defined. */
const { expression } = fc.letrec<{ expression: string; number: string; condition: string; list: string; text: string }>(
  (tie) => ({
    number: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(
        'n',
        'amount',
        'zero',
        'nothing',
        'missing',
        '申请 金额',
        'applicant.age',
        'items[2].price',
        'list[2]',
      ),
      fc.integer({ min: -20, max: 20 }).map(String),
      fc.double({ min: -9, max: 9, noNaN: true }).map((n) => n.toFixed(2)),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
        .map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('condition'), tie('number'), tie('number')).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
      fc.tuple(fc.constantFrom('sum', 'min', 'max', 'count', 'mean'), tie('list')).map(([f, l]) => `${f}(${l})`),
      fc.tuple(fc.constantFrom('floor', 'ceiling', 'abs'), tie('number')).map(([f, n]) => `${f}(${n})`),
      tie('text').map((text) => `string length(${text})`),
    ),
    text: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom('name', 'rare', 'nothing', 'applicant.name', '"甲乙"', '"a b"', '""'),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
      tie('text').map((text) => `upper case(${text})`),
      fc.tuple(tie('text'), fc.integer({ min: 1, max: 4 })).map(([text, at]) => `substring(${text}, ${at})`),
    ),
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('yes', 'no', 'nothing', '已缴税', 'true', 'false', 'missing'),
      fc
        .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('number'))
        .map((p) => `(${p.join(' ')})`),
      fc.tuple(tie('text'), fc.constantFrom('=', '!=', '<'), tie('text')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => `(${parts.join(' ')})`),
      tie('condition').map((condition) => `not(${condition})`),
      fc.tuple(tie('number'), tie('number'), tie('number')).map(([x, a, b]) => `(${x} between ${a} and ${b})`),
      fc.tuple(tie('number'), tie('number'), tie('number')).map(([x, a, b]) => `(${x} in (${a}, ${b}, > 10))`),
      fc.tuple(tie('number'), tie('list')).map(([x, list]) => `list contains(${list}, ${x})`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `contains(${a}, ${b})`),
    ),
    list: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom('list', 'empty', 'items.price', '[1, 2, 2]', '[n, amount]'),
      fc.tuple(tie('list'), fc.integer({ min: -3, max: 9 })).map(([list, n]) => `${list}[item > ${n}]`),
      fc.tuple(tie('list'), tie('number')).map(([list, n]) => `append(${list}, ${n})`),
      fc.tuple(tie('list'), fc.integer({ min: 1, max: 3 })).map(([list, n]) => `(for x in ${list} return x * ${n})`),
    ),
    expression: fc.oneof(
      tie('number'),
      tie('condition'),
      tie('text'),
      tie('list'),
      fc.tuple(tie('list'), fc.integer({ min: 0, max: 9 })).map(([list, n]) => `some x in ${list} satisfies x > ${n}`),
      fc.tuple(tie('list'), fc.integer({ min: 0, max: 9 })).map(([list, n]) => `every x in ${list} satisfies x > ${n}`),
      fc.tuple(tie('number'), tie('condition')).map(([n, c]) => `{a: ${n}, b: ${c}, c: a = ${n}}`),
    ),
  }),
);

describe('generated FEEL, compared with feelin', () => {
  it('gives the same answer', () => {
    fc.assert(
      fc.property(expression, (text) => {
        fc.pre(text.length <= 2_000);
        expect(ourValue(text, variables)).toEqual(feelinValue(text, variables));
      }),
      { numRuns: 1_500 },
    );
  });
});
