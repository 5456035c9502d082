import { describe, expect, it } from '@jest/globals';
import { isRejection } from '../../../engine/kernel/rejection.ts';
import { checkForm } from '../../../processes/forms/index.ts';
import { patternProblem } from '../../../processes/forms/pattern.ts';

const label = { zh: '名称', en: 'Name' };
const form = (...fields: object[]) => ({ key: 'start', title: label, fields });
const field = (more: object = {}) => ({ name: 'a', label, type: 'text', ...more });
const options = [{ value: 'x', label }];

function pointerOf(json: unknown): unknown {
  try {
    checkForm(json);
    return 'accepted';
  } catch (error) {
    if (!isRejection(error, 'form.bad_definition')) throw error;
    return error.details.pointer;
  }
}

describe('reading a form definition', () => {
  it('keeps what it says', () => {
    const given = form(
      field({ name: '申请人', required: true, maxLength: 20, pattern: '\\p{L}{2,20}' }),
      field({ name: 'kind', type: 'select', multiple: true, options, default: ['x'] }),
      field({ name: 'from', type: 'date', min: '2026-01-01', max: '2026-12-31', default: '2026-03-01' }),
      field({ name: 'price', type: 'money', min: 0, help: label, readOnly: true }),
      field({ name: 'scan', type: 'file', accept: '.pdf,image/*' }),
    );
    expect(checkForm(given)).toEqual(given);
  });

  it.each<[string, unknown, string]>([
    ['a list', [], ''],
    ['null', null, ''],
    ['no key', { title: label, fields: [] }, '/key'],
    ['a key with a slash', { key: 'a/b', title: label, fields: [] }, '/key'],
    ['an unknown key', { ...form(), script: '1' }, '/script'],
    ['a title in one language only', { key: 'a', title: { zh: '名' }, fields: [] }, '/title/en'],
    ['fields that are no list', { key: 'a', title: label, fields: {} }, '/fields'],
    ['too many fields', form(...Array.from({ length: 201 }, (_, at) => field({ name: `f${at}` }))), '/fields'],
    ['a field that is no object', form('a' as never), '/fields/0'],
    ['an unknown type', form(field({ type: 'html' })), '/fields/0/type'],
    ['two fields of one name', form(field(), field()), '/fields/1/name'],
    ['a name with blanks', form(field({ name: 'a b' })), '/fields/0/name'],
    ['a reserved name', form(field({ name: 'constructor' })), '/fields/0/name'],
    ['a reserved name with underscores', form(field({ name: '__proto__' })), '/fields/0/name'],
    ['an unknown key in a field', form(field({ onClick: 'x' })), '/fields/0/onClick'],
    ['options on a text', form(field({ options })), '/fields/0/options'],
    ['a select without options', form(field({ type: 'select' })), '/fields/0/options'],
    ['an option twice', form(field({ type: 'radio', options: [...options, ...options] })), '/fields/0/options/1/value'],
    ['bounds the wrong way round', form(field({ type: 'number', min: 2, max: 1 })), '/fields/0/max'],
    ['a date bound that does not exist', form(field({ type: 'date', min: '2026-02-30' })), '/fields/0/min'],
    ['lengths the wrong way round', form(field({ minLength: 5, maxLength: 4 })), '/fields/0/maxLength'],
    ['a huge length', form(field({ maxLength: 1e9 })), '/fields/0/maxLength'],
    ['a pattern that can run away', form(field({ pattern: '(a+)+' })), '/fields/0/pattern'],
    ['required in words', form(field({ required: 'yes' })), '/fields/0/required'],
    ['a default the field refuses', form(field({ type: 'number', default: 'x' })), '/fields/0/default'],
  ])('refuses %s and names the place', (_, json, pointer) => {
    expect(pointerOf(json)).toBe(pointer);
  });
});

describe('patterns of a form', () => {
  it.each([
    '\\d{6}',
    '[A-Z]{2}\\d+',
    '(?:京|辽)[A-Z]\\d{5}',
    '[\\u4e00-\\u9fa5]{2,20}',
    'a?b?',
    '[(+*]+',
    '\\p{L}{2,4}',
  ])('accepts %s', (pattern) => expect(patternProblem(pattern)).toBeNull());

  it.each([
    '(a+)+',
    '(a|aa)*b',
    '(?:a?){30}a{30}',
    '(.)\\1',
    '(?=a)a',
    '(?<n>a)\\k<n>',
    '.*.*.*=',
    '(?:a|a)'.repeat(23),
    'a{0,150}a{0,150}a{0,150}a{0,150}b',
    'a?'.repeat(30),
    'a{1,100000}',
    '[',
    'x'.repeat(201),
  ])('refuses %s', (pattern) => expect(patternProblem(pattern)).not.toBeNull());

  it('lets nothing through that takes long', () => {
    const hostile = [
      '.*.*=',
      '\\d+\\d+x',
      'a?a?a?a?a?a?a*a*b',
      '(?:a|a)(?:a|a)(?:a|a)(?:a|a)a*a*b',
      'a?'.repeat(22) + 'b',
    ];
    hostile.push('a{0,100}a{0,100}a{0,100}b', '(?:(?:a|a)|(?:a|a))(?:a|a)(?:a|aa)a?a*a*b');
    for (const pattern of hostile) {
      expect(patternProblem(pattern)).toBeNull();
      const definition = checkForm(form(field({ pattern })));
      expect(definition.fields[0]!.pattern).toBe(pattern);
      const before = process.cpuUsage();
      new RegExp(`^(?:${pattern})$`, 'u').test('a'.repeat(200));
      new RegExp(`^(?:${pattern})$`, 'u').test('1'.repeat(200));
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(500);
    }
  });
});
