import { describe, expect, it } from '@jest/globals';
import { hasDecimals, isAccepted } from '../../../processes/forms/checks.ts';
import { isCreditCode, isDate, isIdNumber, isPhone } from '../../../processes/forms/index.ts';

const ID_NUMBERS = ['11010519491231002X', '210502190001010008', '210504190001010000', '210522190001010003'];

describe('ID number (GB 11643-1999)', () => {
  it.each(ID_NUMBERS)('accepts %s', (number) => expect(isIdNumber(number)).toBe(true));

  it('accepts a small x', () => expect(isIdNumber('11010519491231002x')).toBe(true));

  it('notices every single wrong digit', () => {
    for (const number of ID_NUMBERS) {
      for (let at = 0; at < 18; at++) {
        for (const digit of '0123456789') {
          if (digit !== number[at]) expect(isIdNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false);
        }
      }
    }
  });

  it('refuses a birth date that does not exist even when the check character fits', () => {
    // 30 February, check character computed by the same rule
    const body = '21050219000230000';
    const fitting = [...'0123456789X'].filter((check) => isIdNumber(body + check));
    expect(fitting).toEqual([]);
  });

  it('refuses an unknown province, a wrong length and other characters', () => {
    for (const check of '0123456789X') expect(isIdNumber(`00010519491231002${check}`)).toBe(false);
    expect(isIdNumber('110105491231002')).toBe(false);
    expect(isIdNumber('１１０１０５19491231002X')).toBe(false);
    expect(isIdNumber('')).toBe(false);
  });
});

const CREDIT_CODES = [
  '11100000000013338W',
  '11430000006122244L',
  '11420503087246977F',
  '11330105002500287C',
  '11370800MB28559184',
  '11210500TE5T000161',
  '11210500TE5T00024U',
  '91210500MA0TE5T16W',
];

describe('unified social credit code (GB 32100-2015)', () => {
  it.each(CREDIT_CODES)('accepts %s', (code) => expect(isCreditCode(code)).toBe(true));

  it('notices every single wrong character', () => {
    for (const code of CREDIT_CODES) {
      for (let at = 0; at < 18; at++) {
        for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
          if (character !== code[at]) {
            expect(isCreditCode(code.slice(0, at) + character + code.slice(at + 1))).toBe(false);
          }
        }
      }
    }
  });

  it('refuses a wrong organisation code inside although the last character fits', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    // the organisation code of the demo company with its own check digit changed from 1 to 2
    expect([...alphabet].filter((check) => isCreditCode(`91210500MA0TE5T26${check}`))).toEqual([]);
  });

  it('refuses the letters the standard leaves out, small letters and wrong lengths', () => {
    for (const letter of 'IOSVZ') expect(isCreditCode(`1110000000001333${letter}W`)).toBe(false);
    expect(isCreditCode('11100000000013338w')).toBe(false);
    expect(isCreditCode('1110000000001333')).toBe(false);
  });
});

describe('telephone number', () => {
  it.each(['13800138000', '+8613800138000', '+86-13800138000', '024-42812345', '02442812345', '010-65551234'])(
    'accepts %s',
    (phone) => expect(isPhone(phone)).toBe(true),
  );
  it.each(['0414-4281234', '(024)42812345', '42812345', '024-42812345-802', '400-812-3456', '8008123456'])(
    'accepts %s',
    (phone) => expect(isPhone(phone)).toBe(true),
  );
  it.each(['12800138000', '1380013800', '138001380001', '110', '00-12345678', '(024 42812345', 'abc', ''])(
    'refuses %s',
    (phone) => expect(isPhone(phone)).toBe(false),
  );
});

describe('dates, decimals and file kinds', () => {
  it('knows the real calendar days', () => {
    expect(['2024-02-29', '2026-12-31'].map(isDate)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''].map(isDate)).toEqual(
      new Array(6).fill(false),
    );
  });

  it('counts decimals as they are written', () => {
    expect([0.1, 1.15, 8.2, 1e12 + 0.25, -3, 0].map((amount) => hasDecimals(amount, 2))).toEqual(
      new Array(6).fill(true),
    );
    expect([0.001, 1.005, 1e-7, 1e21].map((amount) => hasDecimals(amount, 2))).toEqual(new Array(4).fill(false));
  });

  it('reads an accept list as a browser does', () => {
    const pdf = { name: '权属证书.PDF', type: 'application/pdf' };
    expect(isAccepted('.pdf', pdf)).toBe(true);
    expect(isAccepted('image/*, application/pdf', pdf)).toBe(true);
    expect(isAccepted('image/*,.jpg', pdf)).toBe(false);
  });
});
