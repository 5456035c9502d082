import { afterEach, describe, expect, it } from '@jest/globals';
import { startServerClock, type ServerClock } from '../../../../engine/store/mongo/server-clock.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-03-02T09:00:00+08:00');

const opened: ServerClock[] = [];
afterEach(() => opened.splice(0).forEach((clock) => clock.stop()));

/** A machine whose wall clock is wrong by so much, and a server whose clock is right. */
async function aNode({ wrongBy = 0, way = 0 }: { wrongBy?: number; way?: number } = {}) {
  let time = NINE; // the true one
  let wall = wrongBy;
  let asleep = 0;
  let server = 0;
  let wayBack = way;
  let asked = 0;
  const told: [number, boolean][] = [];
  const clock = await startServerClock({
    async read() {
      asked++;
      time += way;
      const at = Math.floor(time + server);
      time += wayBack;
      return at;
    },
    onDrift: (...news) => told.push(news),
    machine: { wall: () => time + wall, steady: () => time - asleep - NINE + 5_000 },
  });
  opened.push(clock);
  return {
    clock,
    told,
    asked: () => asked,
    time: () => time,
    pass: (ms: number) => (time += ms),
    setWall: (by: number) => (wall = by),
    sleep(ms: number) {
      time += ms;
      asleep += ms;
    },
    setServer: (by: number) => (server = by),
    slowWayBack: (ms: number) => (wayBack = ms),
    /** As a look at the clock does after the machine's own was set. */
    async ask() {
      wall += 2 * HOUR;
      clock.now();
      wall -= 2 * HOUR;
      await new Promise((done) => setImmediate(done));
    },
  };
}

describe('the clock that nodes have in common', () => {
  it.each([0, HOUR, -HOUR])('is the server’s, whatever the machine’s says (wrong by %d ms)', async (wrongBy) => {
    const { clock, pass, time } = await aNode({ wrongBy });
    expect(clock.now()).toBe(time());
    pass(90_000);
    expect(clock.now()).toBe(time());
    expect(clock.ahead()).toBeCloseTo(wrongBy, 0);
  });

  it('knows the time within the way to the server and back', async () => {
    const { clock, time } = await aNode({ way: 40 });
    expect(Math.abs(clock.now() - time())).toBeLessThanOrEqual(40);
  });

  it('does not follow when the machine’s clock is set, and tells of it once, and once when it is right again', async () => {
    const { clock, setWall, time, told, pass } = await aNode();
    const looked = async () => {
      expect(clock.now()).toBe(time());
      await new Promise((done) => setImmediate(done));
    };
    await looked();
    setWall(HOUR);
    await looked();
    pass(1_000);
    await looked();
    expect(told).toEqual([[HOUR, true]]);
    setWall(3);
    await looked();
    expect(told).toEqual([
      [HOUR, true],
      [3, false],
    ]);
  });

  it('tells at the start of a machine whose clock is wrong, not of one that is a little off', async () => {
    expect((await aNode({ wrongBy: -HOUR })).told).toEqual([[-HOUR, true]]);
    expect((await aNode({ wrongBy: 900 })).told).toEqual([]);
  });

  it('asks again after the machine slept', async () => {
    const { clock, sleep, time } = await aNode();
    sleep(HOUR);
    clock.now();
    await new Promise((done) => setImmediate(done));
    expect(clock.now()).toBe(time());
  });

  it('stands still instead of going back when it was ahead by less than a second', async () => {
    const { clock, setServer, ask, pass, time } = await aNode();
    const before = clock.now();
    setServer(-400);
    await ask();
    expect(clock.now()).toBe(before);
    pass(300);
    expect(clock.now()).toBe(before);
    pass(200);
    expect(clock.now()).toBeGreaterThan(before);
    expect(Math.abs(clock.now() - (time() - 400))).toBeLessThanOrEqual(1);
  });

  it('goes back at once when it was far ahead', async () => {
    const { clock, setServer, ask, time } = await aNode();
    clock.now();
    setServer(-HOUR);
    await ask();
    expect(Math.abs(clock.now() - (time() - HOUR))).toBeLessThanOrEqual(1);
  });

  it('learns nothing from an answer that came late', async () => {
    const { clock, slowWayBack, ask, time } = await aNode();
    slowWayBack(12_000); // as after SIGSTOP
    await ask();
    expect(clock.now()).toBe(time());
  });

  it('runs on while the server does not answer', async () => {
    let broken = false;
    let time = NINE;
    const clock = await startServerClock({
      read: () => (broken ? Promise.reject(new Error('down')) : Promise.resolve(time)),
      machine: { wall: () => time, steady: () => time - NINE },
    });
    opened.push(clock);
    broken = true;
    time += HOUR;
    expect(clock.now()).toBe(time);
  });
});
