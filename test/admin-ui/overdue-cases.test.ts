import { describe, expect, it } from '@jest/globals';
import { overdueCases } from '../../admin-ui/src/features/supervision/overdue-cases.ts';
import type { ListedTask } from '../../admin-ui/src/shared/contract.ts';

type Step = [caseId: string, ofCase?: { dueAt: string }];

/** A server that has these steps, and gives them in pages of `limit`. */
function serverWith(steps: { deepRed: Step[]; red: Step[] }) {
  const asked: string[] = [];
  const read: Parameters<typeof overdueCases>[0] = (light, { cursor = '0', limit }) => {
    asked.push(`${light} ${cursor}`);
    const of = steps[light as 'deepRed' | 'red'];
    const end = Number(cursor) + limit;
    const items = of
      .slice(Number(cursor), end)
      .map(([id, ofCase]) => ({ light, case: { id }, ofCase: ofCase ?? null }));
    return Promise.resolve({ items: items as ListedTask[], next: end < of.length ? String(end) : null });
  };
  return { read, asked };
}

const cases = (count: number, name: string): Step[] =>
  Array.from({ length: count }, (_, index): Step => [`${name}${index}`]);

describe('what an order to a department may be about', () => {
  it('is all its overdue cases, however many steps each waits for', async () => {
    const steps = Array.from({ length: 250 }, (_, index): Step => [`c${index % 30}`]);
    const { tasks, more } = await overdueCases(serverWith({ deepRed: steps, red: [['last']] }).read, 50);
    expect(tasks.map((task) => task.case.id)).toEqual([...cases(30, 'c').map(([id]) => id), 'last']);
    expect(more).toBe(false);
  });

  it('is those past the statutory limit first, and it is known that there are more', async () => {
    const { read } = serverWith({ deepRed: cases(40, 'law'), red: cases(11, 'promise') });
    const { tasks, more } = await overdueCases(read, 50);
    expect(tasks.map(({ light }) => light)).toEqual([...Array(40).fill('deepRed'), ...Array(10).fill('red')]);
    expect(more).toBe(true);
    expect((await overdueCases(read, 51)).more).toBe(false);
  });

  it('is found without reading further than it is asked for', async () => {
    const { read, asked } = serverWith({ deepRed: cases(1000, 'law'), red: cases(1000, 'promise') });
    await overdueCases(read, 100);
    expect(asked).toEqual(['deepRed 0', 'deepRed 100']);
  });

  it('says of a step without a limit of its own how its case stands', async () => {
    const { read } = serverWith({ deepRed: [], red: [['c', { dueAt: '2026-03-02' }]] });
    expect((await overdueCases(read, 50)).tasks).toMatchObject([{ dueAt: '2026-03-02', ofCase: {} }]);
  });
});
