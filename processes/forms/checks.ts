const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * 公民身份号码 (GB 11643-1999): 18 characters, province, a real birth date, check character; a small x is accepted.
 * Also the numbers of the same form that begin with 9 on the residence card of foreigners.
 */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  if (!PROVINCES.has(text.startsWith('9') ? text.slice(1, 3) : text.slice(0, 2))) return false;
  if (!isDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  if (Number(text.slice(6, 10)) < 1800) return false;
  const sum = ID_WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0);
  return '10X98765432'[sum % 11] === text[17]!.toUpperCase();
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 统一社会信用代码 (GB 32100-2015), capital letters, with the organisation code inside it (GB 11714) checked too. */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18 || ![...text].every((character) => CREDIT_ALPHABET.includes(character))) return false;
  if (!/^\d{6}$/.test(text.slice(2, 8)) || !isOrganisationCode(text.slice(8, 17))) return false;
  const sum = CREDIT_WEIGHTS.reduce((sum, weight, at) => sum + weight * CREDIT_ALPHABET.indexOf(text[at]!), 0);
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}

/** 组织机构代码 (GB 11714): eight characters and their check character, without the hyphen. */
function isOrganisationCode(text: string): boolean {
  const sum = ORGANISATION_WEIGHTS.reduce((sum, weight, at) => sum + weight * parseInt(text[at]!, 36), 0);
  return '0123456789X'[(11 - (sum % 11)) % 11] === text[8];
}

/**
 * A mainland telephone number: mobile (with or without +86), landline with or without area code and extension, or a
 * 400/800 number. Hyphens as people write them; no blanks.
 */
export function isPhone(text: string): boolean {
  const mobile = /^(?:\+?86-?)?1[3-9]\d{9}$/;
  const landline = /^(?:(?:010|02\d|0[3-9]\d{2})-?|\((?:010|02\d|0[3-9]\d{2})\))?[2-9]\d{6,7}(?:-\d{1,6})?$/;
  const service = /^[48]00-?\d{3}-?\d{4}$/;
  return mobile.test(text) || landline.test(text) || service.test(text);
}

/** `YYYY-MM-DD`, a day that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** At most this many digits after the decimal point, as the number is written in decimal. */
export function hasDecimals(value: number, most: number): boolean {
  const [, decimals = ''] = /^-?\d+(?:\.(\d+))?$/.exec(String(value)) ?? [undefined, 'x'.repeat(most + 1)];
  return decimals.length <= most;
}

/** Whether a file fits an HTML `accept` list: `.pdf`, `image/png`, `image/*`. */
export function isAccepted(accept: string, file: { name: string; type: string }): boolean {
  return accept
    .split(',')
    .map((kind) => kind.trim().toLowerCase())
    .some((kind) => {
      if (kind.startsWith('.')) return file.name.toLowerCase().endsWith(kind);
      if (kind.endsWith('/*')) return file.type.toLowerCase().startsWith(kind.slice(0, -1));
      return file.type.toLowerCase() === kind;
    });
}
