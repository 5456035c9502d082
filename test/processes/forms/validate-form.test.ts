import { describe, expect, it } from '@jest/globals';
import { checkForm, toJsonSchema, validateForm } from '../../../processes/forms/index.ts';

const text = (zh: string, en: string) => ({ zh, en });
const options = [
  { value: 'buy', label: text('购买', 'Buy') },
  { value: 'gift', label: text('赠与', 'Gift') },
];

const form = checkForm({
  key: 'transfer',
  title: text('存量房交易申请', 'Transfer of a home'),
  fields: [
    { name: 'buyer', label: text('买方姓名', 'Buyer'), type: 'text', required: true, minLength: 2, maxLength: 20 },
    { name: 'buyerId', label: text('买方身份证号', 'ID number of the buyer'), type: 'idNumber', required: true },
    { name: 'company', label: text('代办机构', 'Agency'), type: 'creditCode' },
    { name: 'phone', label: text('联系电话', 'Telephone'), type: 'phone', required: true },
    { name: 'price', label: text('成交价', 'Price'), type: 'money', required: true, min: 0 },
    { name: 'area', label: text('建筑面积', 'Floor area'), type: 'number', max: 10_000 },
    { name: 'signed', label: text('签约日期', 'Signing date'), type: 'date', min: '2020-01-01', max: '2026-12-31' },
    { name: 'reason', label: text('转移原因', 'Reason'), type: 'radio', required: true, options },
    { name: 'reasons', label: text('其他原因', 'Other reasons'), type: 'select', multiple: true, options },
    { name: 'services', label: text('随办事项', 'Services'), type: 'checkbox', options },
    { name: 'consent', label: text('同意信息共享', 'Consent to sharing'), type: 'checkbox', required: true },
    { name: 'remark', label: text('备注', 'Remark'), type: 'textarea' },
    {
      name: 'certificate',
      label: text('不动产权证号', 'Certificate number'),
      type: 'text',
      pattern: '辽\\(\\d{4}\\)\\d+号',
      help: text('例如 辽(2020)0012345号', 'for example 辽(2020)0012345号'),
    },
    { name: 'contract', label: text('买卖合同', 'Contract'), type: 'file', required: true, accept: '.pdf' },
    { name: 'photos', label: text('照片', 'Photographs'), type: 'file', multiple: true },
    { name: 'number', label: text('办件编号', 'Case number'), type: 'text', readOnly: true, required: true },
  ],
});

const file = { id: 'f1', name: '合同.pdf', size: 12, type: 'application/pdf' };
const complete = {
  buyer: '张三',
  buyerId: '210502190001010008',
  phone: '13800138000',
  price: 860_000.5,
  reason: 'buy',
  consent: true,
  contract: file,
};

function codes(data: unknown, of = form): string[] {
  const validation = validateForm(of, data);
  return validation.ok ? [] : validation.errors.map((error) => `${error.pointer} ${error.code}`).sort();
}

describe('a filled-in form', () => {
  it('is given back when it is complete', () => {
    expect(validateForm(form, complete)).toEqual({ ok: true, data: complete });
  });

  it('is tidied: blanks off, capitals on, blank answers left out, read-only answers not taken', () => {
    const given = {
      ...complete,
      buyer: ' 张三 ',
      buyerId: '11010519491231002x',
      remark: '  ',
      area: null,
      services: [],
      number: 'forged',
    };
    expect(validateForm(form, given)).toEqual({
      ok: true,
      data: { ...complete, buyerId: '11010519491231002X' },
    });
  });

  it('tells everything that is missing, in both languages', () => {
    const validation = validateForm(form, {});
    expect(codes({})).toEqual([
      '/buyer field.required',
      '/buyerId field.required',
      '/consent field.required',
      '/contract field.required',
      '/phone field.required',
      '/price field.required',
      '/reason field.required',
    ]);
    expect(validation).toMatchObject({
      ok: false,
      errors: expect.arrayContaining([
        { pointer: '/buyer', code: 'field.required', zh: '请填写买方姓名', en: 'Buyer: please fill in' },
        { pointer: '/contract', code: 'field.required', zh: '请上传买卖合同', en: 'Contract: please upload a file' },
        { pointer: '/reason', code: 'field.required', zh: '请选择转移原因', en: 'Reason: please choose' },
      ]) as unknown,
    });
  });

  it.each<[string, object, string[]]>([
    ['a short name', { buyer: '张' }, ['/buyer field.too_short']],
    ['a long name', { buyer: '张'.repeat(21) }, ['/buyer field.too_long']],
    ['a number as a name', { buyer: 3 }, ['/buyer field.wrong_type']],
    ['a wrong ID number', { buyerId: '210502190001010009' }, ['/buyerId field.bad_id_number']],
    ['a wrong credit code', { company: '91210500MA0TE5T16X' }, ['/company field.bad_credit_code']],
    ['a wrong phone', { phone: '12345' }, ['/phone field.bad_phone']],
    ['a third decimal', { price: 1.005 }, ['/price field.too_many_decimals']],
    ['a negative price', { price: -0.01 }, ['/price field.too_small']],
    ['money as text', { price: '860000' }, ['/price field.wrong_type']],
    ['a large area', { area: 10_001 }, ['/area field.too_large']],
    ['a day that does not exist', { signed: '2026-02-29' }, ['/signed field.bad_date']],
    ['a day too early', { signed: '2019-12-31' }, ['/signed field.too_early']],
    ['a day too late', { signed: '2027-01-01' }, ['/signed field.too_late']],
    ['another option', { reason: 'steal' }, ['/reason field.bad_option']],
    ['another option in a list', { reasons: ['buy', 'steal'] }, ['/reasons/1 field.bad_option']],
    ['an option twice', { services: ['buy', 'buy'] }, ['/services field.repeated_option']],
    ['an open consent', { consent: false }, ['/consent field.must_be_ticked']],
    ['a wrong certificate number', { certificate: '12' }, ['/certificate field.bad_pattern']],
    ['a certificate number with more around it', { certificate: 'x辽(2020)1号' }, ['/certificate field.bad_pattern']],
    ['half a file', { contract: { id: 'f1' } }, ['/contract field.bad_file']],
    ['a file with more in it', { contract: { ...file, path: '/etc/passwd' } }, ['/contract field.bad_file']],
    ['a file of the wrong kind', { contract: { ...file, name: 'a.exe' } }, ['/contract field.file_not_accepted']],
    ['a file that is text', { contract: 'a.pdf' }, ['/contract field.wrong_type']],
    ['a broken file in a list', { photos: [file, { ...file, size: -1 }] }, ['/photos/1 field.bad_file']],
    ['too many files', { photos: new Array(21).fill(file) }, ['/photos field.too_many']],
    ['an unknown field', { admin: true }, ['/admin field.unknown']],
    ['an unknown field with a slash', { 'a/b~c': 1 }, ['/a~1b~0c field.unknown']],
  ])('is refused for %s', (_, wrong, expected) => {
    expect(codes({ ...complete, ...wrong })).toEqual(expected);
  });

  it('tells one character from several', () => {
    const short = {
      ...form,
      fields: form.fields.map((field) => ({ ...field, ...(field.name === 'remark' && { maxLength: 1 }) })),
    };
    expect(validateForm(short, { ...complete, remark: '好的', buyer: '张' })).toMatchObject({
      errors: [{ en: 'Buyer must have at least 2 characters' }, { en: 'Remark must have at most 1 character' }],
    });
  });

  it('tells several faults at once', () => {
    expect(codes({ ...complete, price: -1.005, phone: 'x', signed: '2026-99-99' })).toEqual([
      '/phone field.bad_phone',
      '/price field.too_many_decimals',
      '/price field.too_small',
      '/signed field.bad_date',
    ]);
  });

  it('accepts an amount that is exact in decimal but not in binary, up to trillions', () => {
    for (const price of [0.07, 1.15, 4.35, 1_234_567_890_123.45]) expect(codes({ ...complete, price })).toEqual([]);
  });

  it('never tries a pattern on a text that is too long', () => {
    const started = process.cpuUsage();
    expect(codes({ ...complete, certificate: '辽(2020)'.padEnd(5_000_000, '1') })).toEqual([
      '/certificate field.too_long',
    ]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1_000);
  });

  it('names the expected form from the help text', () => {
    const validation = validateForm(form, { ...complete, certificate: '12' });
    expect(validation).toMatchObject({ errors: [{ zh: '不动产权证号格式不正确：例如 辽(2020)0012345号' }] });
  });

  it.each([null, [], 'text', 3])('is refused when it is %p', (data) => {
    expect(codes(data)).toEqual([' field.wrong_type']);
  });

  it('cannot smuggle in a prototype', () => {
    const data = JSON.parse(`{"__proto__": {"admin": true}, "constructor": 1}`) as object;
    const given = Object.fromEntries([...Object.entries(complete), ...Object.entries(data)]);
    expect(codes(given)).toEqual(['/__proto__ field.unknown', '/constructor field.unknown']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('the JSON Schema of a form', () => {
  it('says what a page needs and what the server checks', () => {
    const schema = toJsonSchema(form) as { properties: Record<string, unknown>; required: string[] };
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    });
    expect(schema.properties.price).toMatchObject({ type: 'number', minimum: 0, 'x-decimals': 2 });
    expect(schema.properties.reason).toMatchObject({ enum: ['buy', 'gift'], 'x-ui': { type: 'radio', options } });
    expect(schema.properties.certificate).toMatchObject({ pattern: '^(?:辽\\(\\d{4}\\)\\d+号)$', maxLength: 200 });
    expect(schema.required).not.toContain('number');
  });

  it('is the same for the same form and follows its changes', () => {
    expect(codes({ ...complete, buyer: '张三丰' })).toEqual([]);
    const stricter = {
      ...form,
      fields: form.fields.map((field) => (field.name === 'buyer' ? { ...field, maxLength: 2 } : field)),
    };
    expect(codes({ ...complete, buyer: '张三丰' }, stricter)).toEqual(['/buyer field.too_long']);
    expect(codes({ ...complete, buyer: '张三丰' }, structuredClone(form))).toEqual([]);
  });
});
