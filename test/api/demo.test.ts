import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoClock, type DemoClock } from '../../api/demo/demo-clock.ts';
import { seedDemoCity } from '../../api/demo/seed.ts';
import { stories } from '../../api/demo/stories.ts';
import { readOverdue } from '../../api/routes/board/read-board.ts';
import { createEngine } from '../../engine/index.ts';
import { at } from '../support/office.ts';
import { closeCities, openCity, type City } from './support/city.ts';

/** Playing a month of office work takes a second or two on a busy machine. */
const PATIENCE_MS = 30_000;

/** The demo city as it is found on a given day. */
async function cityOn(day: string): Promise<City & { seeded: number; demoTime: DemoClock }> {
  const city = await openCity();
  city.clock.set(at(day));
  const clock = demoClock(city.clock);
  const { store, calendar } = city.house;
  const seeded = await seedDemoCity({
    ...city.house,
    engine: createEngine({ store, clock, calendar }),
    calendar,
    clock,
  });
  return { ...city, seeded, demoTime: clock };
}

let city: Awaited<ReturnType<typeof cityOn>>;
beforeAll(async () => {
  city = await cityOn('2026-11-25T15:00:00+08:00');
}, PATIENCE_MS);
afterAll(closeCities);

describe('the demo city', () => {
  it('has cases in every light, one completed and some waiting for the applicant', async () => {
    expect(city.seeded).toBe(stories.length);
    const { items } = (await city.as('supervisor-feng').get('/cases')).body;
    const lights = new Set(items.map((item: { light: string | null }) => item.light));
    expect(lights).toEqual(new Set(['green', 'yellow', 'red', 'deepRed', 'grey', null]));
    expect(items.some((item: { status: string }) => item.status === 'completed')).toBe(true);
    expect(items.every((item: { incidents: number }) => item.incidents === 0)).toBe(true);
    const toSupplement = items.find((item: { title: string }) => item.title.includes('溪湖区演示巷 5 号 101'));
    const { clock } = (await city.as('applicant-chen').get(`/cases/${toSupplement.id}`)).body;
    expect(clock.supplements).toMatchObject([
      { byTask: false, light: 'green', until: '2026-12-14T17:00:00.000+08:00' },
    ]);
    const why = await city.as('applicant-chen').get(`/cases/${toSupplement.id}/due-date?of=supplement`);
    expect(why.body).toMatchObject({ dueAt: clock.supplements[0].until });
    const drawings = (await city.as('applicant-chu').get('/tasks?queue=mine')).body.items;
    expect(drawings.map((task: { element: string }) => task.element)).toContain('reviseDrawings');
  });

  it('has lights of every colour on the board, by department', async () => {
    const board = (await city.as('supervisor-feng').get('/board')).body;
    expect(Math.min(board.totals.green, board.totals.yellow, board.totals.red)).toBeGreaterThan(0);
    const sum = board.departments.reduce((total: number, row: { red: number }) => total + row.red, 0);
    expect(sum).toBe(board.totals.red);
    expect(board.departments[0].red).toBeGreaterThan(0);
    expect(board.cases.completed).toBe(1);
  });

  it('lists the cases on the board that are longest overdue, deep red before red', async () => {
    const { items, outdated } = (await city.as('supervisor-feng').get('/board/overdue')).body;
    expect(outdated).toBe(false);
    const shown = items.map((item: { light: string; dueAt: string; statutoryAt: string }) => [
      item.light === 'deepRed' ? 0 : 1,
      item.light === 'deepRed' ? item.statutoryAt : item.dueAt,
    ]);
    expect(new Set(items.map((item: { light: string }) => item.light))).toEqual(new Set(['deepRed', 'red']));
    expect(shown).toEqual([...shown].sort());
    for (const person of ['handler-wang', 'head-tan', 'applicant-chen'])
      expect((await city.as(person).get('/board/overdue')).status).toBe(403);
  });

  it('lists the overdue of a while ago as they were then, and says so', async () => {
    const { seen } = await city.house.longestOverdue();
    const [longest] = seen.cases;
    const before = { at: longest!.statutoryAt! - 1, cases: [longest!] };
    const shared = { ...city.house, longestOverdue: () => Promise.resolve({ seen: before, outdated: true }) };
    const { at, outdated, items } = await readOverdue(shared, city.house.directory.findPerson('supervisor-feng')!);
    expect([Date.parse(at), outdated, items.map(({ light }) => light)]).toEqual([before.at, true, ['red']]);
  });

  it('has true histories: in order of time, untouched, with the deadlines that passed', async () => {
    const { items } = (await city.as('supervisor-feng').get('/cases')).body;
    for (const { id } of items) {
      const history = (await city.as('supervisor-feng').get(`/cases/${id}/history?limit=500`)).body;
      expect(history.chain).toEqual({ verified: true });
      const times = history.items.map((item: { at: string }) => Date.parse(item.at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    const red = items.find((item: { light: string }) => item.light === 'red');
    const { items: events } = (await city.as('supervisor-feng').get(`/cases/${red.id}/history?limit=500`)).body;
    expect(events.map((event: { text: { zh: string } }) => event.text.zh)).toContain('办件超过承诺时限，亮红灯');
  });

  it('has histories that say of every promise and statutory limit the moment after which it had passed', async () => {
    const { store } = city.house;
    const cases = await store.listCases({ limit: 100 });
    const events = (await Promise.all(cases.map(({ id }) => store.listEvents(id, 0, 1_000)))).flat();
    const momentsOf = (type: string, limit: 'dueAt' | 'statutoryAt') =>
      events.filter((event) => event.type === type).map(({ at, data }) => at - (data[limit] as number));
    const past = [...momentsOf('deadline.passed', 'dueAt'), ...momentsOf('deadline.statutory_passed', 'statutoryAt')];
    expect(past.length).toBeGreaterThan(5);
    expect(new Set(past)).toEqual(new Set([1]));
  });

  it('is made once', async () => {
    const again = await seedDemoCity({ ...city.house, clock: city.demoTime });
    expect(again).toBe(0);
    expect((await city.as('supervisor-feng').get('/cases')).body.items).toHaveLength(stories.length);
  });

  it.each(['2026-10-05', '2027-03-07', '2026-11-25T02:00:00+08:00'])(
    'can be opened on %s: holidays, weekends, nights and beyond the calendar',
    async (day) => {
      const there = await cityOn(day);
      const { items } = (await there.as('supervisor-feng').get('/cases')).body;
      expect(items).toHaveLength(stories.length);
      expect(items.every((item: { startedAt: string }) => Date.parse(item.startedAt) <= at(day))).toBe(true);
    },
    PATIENCE_MS,
  );
});
