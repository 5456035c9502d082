import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoClock } from '../../api/demo/demo-clock.ts';
import { instantAfter } from '../../api/demo/leap.ts';
import { demoTime, keptTime } from '../../api/demo/movable-clock.ts';
import { refuseDemoCity } from '../../api/demo/refuse-demo-city.ts';
import { createEngine, movableClock, type Store } from '../../engine/index.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { loadDirectory } from '../../processes/directory/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { at } from '../support/office.ts';
import { openFeed } from '../support/feed.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { OWN_CITY, PRODUCTION } from './support/production.ts';

afterAll(closeCities);

/** A permit of five working days, a reminder after an hour, another after eight days. */
const permit = bpmn(
  '<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing" ov:promise="5" ov:unit="workingDays"/><endEvent id="e"/><endEvent id="e1"/><endEvent id="e2"/>' +
    '<boundaryEvent id="soon" attachedToRef="review" cancelActivity="false"><timerEventDefinition><timeDuration>PT30M</timeDuration></timerEventDefinition></boundaryEvent>' +
    '<boundaryEvent id="late" attachedToRef="review" cancelActivity="false"><timerEventDefinition><timeDuration>P8D</timeDuration></timerEventDefinition></boundaryEvent>' +
    chain('s', 'review', 'e') +
    chain('soon', 'e1') +
    chain('late', 'e2'),
  { id: 'permit', processAttrs: 'ov:promise="5" ov:unit="workingDays"' },
);
const move = (city: City, to: object, who = 'handler-wang') => city.as(who).post('/demo/clock', to);

describe('the clock of the demo', () => {
  let city: City;
  let id: string;
  beforeAll(async () => {
    city = await openCity();
    city.clock.set(at('2026-09-28'));
    await city.publish(permit);
    id = (await city.as('designer-ding').post('/cases', { definition: 'permit', data: {} })).body.id;
  });
  const happened = async () => {
    const { items } = (await city.as('supervisor-feng').get(`/cases/${id}/history?limit=100`)).body;
    return (items as { type: string; at: string }[])
      .filter(({ type }) => ['timer.fired', 'deadline.near', 'deadline.passed'].includes(type))
      .map((event) => `${event.type} ${event.at.slice(0, 16)}`);
  };

  it('goes an hour on, and what is due in between happens at its moment', async () => {
    const moved = await move(city, { leap: 'hour' });
    expect(moved).toMatchObject({
      status: 200,
      body: { from: '2026-09-28T09:00:00.000+08:00', now: '2026-09-28T10:00:00.000+08:00', ran: 1, arrived: true },
    });
    expect(await happened()).toEqual(['timer.fired 2026-09-28T09:30']);
  });

  it('goes to the opening of the next working day', async () => {
    expect((await move(city, { leap: 'nextWorkingDay' })).body.now).toBe('2026-09-29T08:30:00.000+08:00');
  });

  it('goes over the National Day holiday: lights change and timers fire in the order in which they are due', async () => {
    const before = (await city.as('supervisor-feng').get(`/cases/${id}`)).body;
    expect(before.light).toBe('green');
    expect((await move(city, { leap: 'afterNationalDay' })).body).toMatchObject({
      now: '2026-10-08T08:30:00.000+08:00',
      arrived: true,
    });
    // five working days from 28 September end on 10 October; the last two days begin on the 9th
    expect(await happened()).toEqual(['timer.fired 2026-09-28T09:30', 'timer.fired 2026-10-06T09:00']);
    await move(city, { to: '2026-10-12T09:00:00+08:00' });
    const order = (await happened()).slice(2);
    expect([...order].sort((a, b) => a.slice(-16).localeCompare(b.slice(-16)))).toEqual(order);
    expect(order.map((line) => line.split(' ')[0])).toEqual([
      'deadline.near',
      'deadline.near',
      'deadline.passed',
      'deadline.passed',
    ]);
    expect((await city.as('supervisor-feng').get(`/cases/${id}`)).body.light).toBe('red');
  });

  it('tells how far it is ahead, and keeps that for the next start', async () => {
    const { body } = await city.nobody.get('/status');
    const ahead = at('2026-10-12') - at('2026-09-28');
    expect(body).toMatchObject({ now: '2026-10-12T09:00:00.000+08:00', clockAheadMs: ahead, clockMovable: true });
    expect(await keptTime(city.house.store)).toEqual({ aheadMs: ahead });
  });

  it('leaves whoever is signed in signed in', async () => {
    expect((await city.as('handler-wang').get('/session')).body.user.id).toBe('handler-wang');
  });

  it.each([
    ['back', { to: '2026-10-12T08:59:59+08:00' }, 409, 'demo.clock_back'],
    ['to where it stands', { to: '2026-10-12T09:00:00+08:00' }, 409, 'demo.clock_back'],
    ['too far', { to: '2046-10-12T09:00:00+08:00' }, 409, 'demo.clock_too_far'],
    ['to no moment', { to: 'tomorrow' }, 422, 'request.invalid'],
    ['by an unknown leap', { leap: 'year' }, 422, 'request.invalid'],
  ])('does not move %s', async (_, to, status, code) => {
    expect((await move(city, to)).body).toMatchObject({ status, code });
    expect((await city.nobody.get('/status')).body.now).toBe('2026-10-12T09:00:00.000+08:00');
  });

  it('goes to one place, and says how to name it', async () => {
    for (const body of [{}, { leap: 'hour', to: '2036-01-01T09:00:00+08:00' }]) {
      const { status, body: problem } = await move(city, body);
      expect([status, problem.errors]).toMatchObject([422, [{ pointer: '/body', code: 'demo.clock_where' }]]);
      expect(problem.errors[0].detail).toContain('只写一个');
    }
  });

  it('tells every screen that is open to look again, also where nothing was due on the way', async () => {
    const feed = await openFeed(city.address, `onevisit_session=${city.house.sessions.sign('applicant-chu')}`);
    expect((await move(city, { leap: 'hour' })).status).toBe(200);
    expect(await feed.next()).toEqual({ event: 'reload', data: {} });
    await feed.close();
  });

  it('is for those who are signed in, one at a time', async () => {
    expect((await city.nobody.post('/demo/clock', { leap: 'hour' })).status).toBe(401);
    const answers = await Promise.all([move(city, { leap: 'hour' }), move(city, { leap: 'hour' })]);
    const codes = answers.map(({ status, body }) => body.code ?? status);
    expect(['200,demo.clock_moving', 'demo.clock_moving,200', '200,200']).toContain(codes.join());
  });
});

describe('a node that goes away in the middle of a move', () => {
  it('goes on with it when it is back: what is due happens at its moment, in order, and only then does time go on', async () => {
    const store = memoryStore();
    const real = movableClock(at('2026-09-28'));
    const open = async (kept: Store) => {
      const clock = demoClock(real, await keptTime(store));
      const calendar = loadCalendar();
      const engine = createEngine({ store: kept, clock, calendar });
      return { engine, clock, time: demoTime({ engine, clock, calendar: () => calendar, shared: false }) };
    };
    const gone = at('2026-10-01');
    const first = await open(answersUntil(store, () => first.clock.now() >= gone));
    const designer = { id: 'designer-ding', name: '丁设计', groups: [] };
    await first.engine.deploy({ bytes: Buffer.from(permit) }, designer);
    const { id } = await first.engine.startCase(
      { definitionKey: 'permit', number: '1', title: '许可', applicant: null, department: null, variables: {} },
      designer,
    );
    const left = first.time.move(at('2026-10-20'));
    const answer = await Promise.race([left, settled()]);
    expect(answer).toBe('no answer');

    const away = 5 * 60_000;
    real.advance(away);
    const second = await open(store);
    await second.time.resume();
    expect(second.clock.now()).toBe(at('2026-10-20') + away);
    const fired = (await store.listEvents(id, 0, 100)).filter(({ type }) => /^(timer|deadline)\./.test(type));
    const order = fired.filter(({ type }) => type !== 'timer.armed').map((each) => `${each.type} ${day(each.at)}`);
    expect(order).toEqual([
      'timer.fired 2026-09-28',
      'timer.fired 2026-10-06',
      'deadline.near 2026-10-09',
      'deadline.near 2026-10-09',
      'deadline.passed 2026-10-10',
      'deadline.passed 2026-10-10',
    ]);
    expect(await keptTime(store)).toEqual({ aheadMs: second.clock.aheadMs });
    // there is nothing to go on with any more
    await second.time.resume();
    expect(second.clock.now()).toBe(at('2026-10-20') + away);
  });
});

/** A store that no longer answers once its node is `gone`. */
function answersUntil(store: Store, gone: () => boolean): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => (gone() ? new Promise(() => undefined) : method.apply(target, args));
    },
  });
}

/** Once everything that can go on has. */
async function settled(): Promise<'no answer'> {
  for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
  return 'no answer';
}

function day(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
}

describe('a clock of seconds', () => {
  it('is passed as far as one move goes, and says so', async () => {
    const city = await openCity();
    await city.publish(
      bpmn(
        '<startEvent id="s"/><userTask id="review" ov:department="housing"/><endEvent id="e"/><endEvent id="e1"/>' +
          '<boundaryEvent id="tick" attachedToRef="review" cancelActivity="false"><timerEventDefinition><timeCycle>R/PT1S</timeCycle></timerEventDefinition></boundaryEvent>' +
          chain('s', 'review', 'e') +
          chain('tick', 'e1'),
        { id: 'ticking' },
      ),
    );
    await city.as('designer-ding').post('/cases', { definition: 'ticking', data: {} });
    const { body } = await move(city, { leap: 'nextWorkingDay' });
    expect(body).toMatchObject({ arrived: false, ran: 5_000 });
    expect(Date.parse(body.now)).toBe(at('2026-03-02') + 5_000_000);
    expect(await keptTime(city.house.store)).toEqual({ aheadMs: 5_000_000 });
  }, 60_000);
});

describe('in production', () => {
  it('there is no such address, and time is real', async () => {
    const city = await openCity(PRODUCTION);
    const [person] = loadDirectory(OWN_CITY).people;
    expect((await move(city, { leap: 'hour' }, person!.id)).body).toMatchObject({
      status: 404,
      code: 'route.not_found',
    });
    expect((await city.nobody.get('/status')).body).toMatchObject({ clockAheadMs: 0, clockMovable: false });
  });

  it('a store whose clock was moved is refused', async () => {
    const store = memoryStore();
    await refuseDemoCity(store, loadDirectory(OWN_CITY));
    await store.putDocument('demo', 'clock', { aheadMs: 1 });
    await expect(refuseDemoCity(store, loadDirectory(OWN_CITY))).rejects.toThrow('written in the future');
  });
});

describe('several nodes on one database', () => {
  it('keep the time of the database: the move is refused with a sentence', async () => {
    const city = await openCity({ MONGODB_URI: 'mongodb://127.0.0.1/none' });
    expect((await move(city, { leap: 'hour' })).body).toMatchObject({ status: 409, code: 'demo.clock_shared' });
    expect((await city.nobody.get('/status')).body.clockMovable).toBe(false);
  });
});

describe('a leap', () => {
  const calendar = loadCalendar();
  it.each([
    ['nextWorkingDay', '2026-09-30T16:00:00+08:00', '2026-10-08T08:30:00+08:00'],
    ['nextWorkingDay', '2026-10-09T07:00:00+08:00', '2026-10-10T08:30:00+08:00'],
    ['afterNationalDay', '2026-03-02T09:00:00+08:00', '2026-10-08T08:30:00+08:00'],
    ['afterNationalDay', '2026-10-03T09:00:00+08:00', '2026-10-08T08:30:00+08:00'],
    ['afterNationalDay', '2025-10-09T09:00:00+08:00', '2026-10-08T08:30:00+08:00'],
    // no notice yet: the usual week
    ['afterNationalDay', '2026-11-29T09:00:00+08:00', '2027-10-08T08:30:00+08:00'],
    ['hour', '2026-10-03T09:00:00+08:00', '2026-10-03T10:00:00+08:00'],
  ] as const)('%s from %s', (leap, from, to) => {
    expect(instantAfter(leap, at(from), calendar)).toBe(at(to));
  });
});
