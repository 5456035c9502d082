import { describe, expect, it } from '@jest/globals';
import { deadlineOf, dueDate } from '../../../engine/time/index.ts';
import { local, RULES, UNITS, workedExamples } from '../../support/worked-examples.ts';

const all = workedExamples();

describe('the worked examples of docs/due-dates.md', () => {
  it('are many, over every year, unit and start rule', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const year of ['2020', '2021', '2022', '2023', '2024', '2025', '2026'])
      expect(all.some(({ due }) => due.startsWith(year))).toBe(true);
    for (const unit of Object.values(UNITS))
      for (const rule of RULES.filter((each) => unit !== 'workingHours' || each !== 'sameDay'))
        expect(all.some(({ terms }) => terms.limit.unit === unit && terms.startRule === rule)).toBe(true);
  });

  it.each(all.map((example) => [example.name, example] as const))('%s', (_, { terms, yellow, due, provisional }) => {
    const deadline = deadlineOf(terms);
    expect({ yellow: local(deadline.yellowAt), due: local(deadline.dueAt) }).toEqual({ yellow, due });
    if (deadline.dueAt !== null) expect(deadline.provisional).toBe(provisional);
  });

  it('are the dates of cases where nothing is held or extended and the usual rule holds', () => {
    const usual = all.filter(
      ({ terms }) =>
        terms.holds!.length + terms.extensions!.length === 0 &&
        terms.startRule === (terms.limit.unit === 'workingHours' ? 'minuteExact' : 'nextWorkingDay'),
    );
    expect(usual.length).toBeGreaterThan(30);
    for (const { terms, due, yellow } of usual) {
      const { dueAt, yellowAt } = dueDate(terms);
      expect([local(dueAt), local(yellowAt)]).toEqual([due, yellow]);
    }
  });
});
