import type { FieldType, FormField, Text } from './form.ts';

/** What can be wrong with an answer. Part of the contract: codes are never reworded. */
export type FieldProblem =
  | 'field.required'
  | 'field.unknown'
  | 'field.must_be_ticked'
  | 'field.wrong_type'
  | 'field.too_short'
  | 'field.too_long'
  | 'field.too_small'
  | 'field.too_large'
  | 'field.too_many_decimals'
  | 'field.too_early'
  | 'field.too_late'
  | 'field.bad_date'
  | 'field.bad_option'
  | 'field.repeated_option'
  | 'field.too_many'
  | 'field.bad_pattern'
  | 'field.bad_id_number'
  | 'field.bad_credit_code'
  | 'field.bad_phone'
  | 'field.bad_file'
  | 'field.file_not_accepted';

const KINDS: Record<FieldType, Text> = {
  text: { zh: '文字', en: 'text' },
  textarea: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  money: { zh: '金额（数字）', en: 'an amount of money (a number)' },
  date: { zh: '日期', en: 'a date' },
  select: { zh: '选项', en: 'one of the options' },
  radio: { zh: '选项', en: 'one of the options' },
  checkbox: { zh: '勾选项', en: 'a tick' },
  idNumber: { zh: '身份证号码', en: 'an ID number' },
  creditCode: { zh: '统一社会信用代码', en: 'a unified social credit code' },
  phone: { zh: '电话号码', en: 'a telephone number' },
  file: { zh: '文件', en: 'a file' },
};

const CHOSEN: readonly FieldType[] = ['select', 'radio', 'checkbox', 'date', 'file'];

/** The sentence a person reads. `limit` is the bound that was missed, where there is one. */
export function sentence(code: FieldProblem, field: FormField, limit: number | string = ''): Text {
  const { zh, en } = field.label;
  switch (code) {
    case 'field.required':
      if (field.type === 'file') return { zh: `请上传${zh}`, en: `${en}: please upload a file` };
      return CHOSEN.includes(field.type)
        ? { zh: `请选择${zh}`, en: `${en}: please choose` }
        : { zh: `请填写${zh}`, en: `${en}: please fill in` };
    case 'field.unknown':
      return { zh: `表单中没有“${zh}”这一项`, en: `The form has no field '${en}'` };
    case 'field.must_be_ticked':
      return { zh: `请勾选“${zh}”`, en: `${en}: please tick` };
    case 'field.wrong_type':
      return { zh: `${zh}应为${KINDS[field.type].zh}`, en: `${en} must be ${KINDS[field.type].en}` };
    case 'field.too_short':
      return { zh: `${zh}至少填写 ${limit} 个字`, en: `${en} must have at least ${counted(limit, 'character')}` };
    case 'field.too_long':
      return { zh: `${zh}不能超过 ${limit} 个字`, en: `${en} must have at most ${counted(limit, 'character')}` };
    case 'field.too_small':
      return { zh: `${zh}不能小于 ${limit}`, en: `${en} must be at least ${limit}` };
    case 'field.too_large':
      return { zh: `${zh}不能大于 ${limit}`, en: `${en} must be at most ${limit}` };
    case 'field.too_many_decimals':
      return { zh: `${zh}最多保留 ${limit} 位小数`, en: `${en} must have at most ${counted(limit, 'decimal')}` };
    case 'field.too_early':
      return { zh: `${zh}不能早于 ${limit}`, en: `${en} must not be before ${limit}` };
    case 'field.too_late':
      return { zh: `${zh}不能晚于 ${limit}`, en: `${en} must not be after ${limit}` };
    case 'field.bad_date':
      return { zh: `${zh}不是有效日期，请按“2026-03-01”填写`, en: `${en} must be a real date such as 2026-03-01` };
    case 'field.bad_option':
      return { zh: `${zh}请从所列选项中选择`, en: `${en} must be one of the options` };
    case 'field.repeated_option':
      return { zh: `${zh}有重复的选项`, en: `${en} names an option twice` };
    case 'field.too_many':
      return { zh: `${zh}最多 ${limit} 个`, en: `${en} must have at most ${limit}` };
    case 'field.bad_pattern':
      return field.help
        ? { zh: `${zh}格式不正确：${field.help.zh}`, en: `${en} has the wrong form: ${field.help.en}` }
        : { zh: `${zh}格式不正确`, en: `${en} has the wrong form` };
    case 'field.bad_id_number':
      return { zh: `${zh}不是有效的身份证号码，请核对 18 位号码`, en: `${en} is no valid ID number (18 characters)` };
    case 'field.bad_credit_code':
      return {
        zh: `${zh}不是有效的统一社会信用代码，请核对 18 位代码`,
        en: `${en} is no valid unified social credit code (18 characters)`,
      };
    case 'field.bad_phone':
      return { zh: `${zh}不是有效的电话号码`, en: `${en} is no valid telephone number` };
    case 'field.bad_file':
      return { zh: `${zh}的文件信息不完整，请重新上传`, en: `${en}: please upload the file again` };
    case 'field.file_not_accepted':
      return { zh: `${zh}只接受 ${limit} 类型的文件`, en: `${en} accepts only files of the type ${limit}` };
  }
}

/** In English: `1 character`, `2 characters`. */
function counted(limit: number | string, noun: string): string {
  return `${limit} ${noun}${Number(limit) === 1 ? '' : 's'}`;
}
