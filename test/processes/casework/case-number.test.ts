import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { checkCharacter, isCaseNumber, nextCaseNumber } from '../../../processes/casework/index.ts';

describe('办件编号', () => {
  it('has the check character that live licence identifiers have (GB/T 36904)', () => {
    expect(checkCharacter('11100000000013338W01111430000006122244L20230000403001')).toBe('U');
    expect(checkCharacter('11100000MB03271699022340100000000016001')).toBe('9');
    expect(checkCharacter('11100000000013338W00911330105002500287C2025052201002')).toBe('0');
  });

  it('counts from 1 each local day and is never given twice', async () => {
    const store = memoryStore();
    const evening = Date.parse('2026-03-02T23:59:00+08:00');
    const numbers = [
      await nextCaseNumber(store, '210500', evening),
      await nextCaseNumber(store, '210500', evening),
      await nextCaseNumber(store, '210500', evening + 120_000),
    ];
    expect(numbers.map((number) => number.slice(0, -2))).toEqual([
      '210500-20260302-000001',
      '210500-20260302-000002',
      '210500-20260303-000001',
    ]);
    expect(numbers.every(isCaseNumber)).toBe(true);
  });

  it('shows every single wrong digit', () => {
    const body = fc.stringMatching(/^\d{6}-\d{8}-\d{6}$/);
    fc.assert(
      fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, where, by) => {
        const number = `${text}-${checkCharacter(text.replaceAll('-', ''))}`;
        expect(isCaseNumber(number)).toBe(true);
        const digits = [...number.slice(0, -2)].flatMap((character, i) => (character === '-' ? [] : [i]));
        const at = digits[where % digits.length]!;
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(isCaseNumber(wrong)).toBe(false);
      }),
    );
  });

  it.each(['', '210500-20260302-000001', '210500-20260302-000001-x', 'a'.repeat(1000)])('is not %s', (text) => {
    expect(isCaseNumber(text)).toBe(false);
  });
});
