import { Rejection, type Engine, type Store } from '../../engine/index.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import type { DemoClock } from './demo-clock.ts';
import { instantAfter, type Leap } from './leap.ts';
import { passTime } from './pass-time.ts';

const COLLECTION = 'demo';
const ID = 'clock';
/** Ten years: beyond that no calendar means anything. */
const FARTHEST_MS = 3_653 * 86_400_000;

export interface Moved {
  readonly from: number;
  readonly to: number;
  /** Jobs that were run on the way. */
  readonly ran: number;
  /** False: too much was due on the way; it stands where it got to, and can be moved on from there. */
  readonly arrived: boolean;
}

/** The clock of the demo as people may move it: forward only. */
export interface DemoTime {
  readonly aheadMs: number;
  /** The database is not shared with other nodes. */
  readonly movable: boolean;
  /**
   * Moves the clock; everything due on the way happens at its moment, in order. `demo.clock_shared`, `demo.clock_moving`,
   * `demo.clock_back` (details.at), `demo.clock_too_far`
   */
  move(to: Leap | number): Promise<Moved>;
  /** A node went away in the middle of a move, and the clock stands where that had got to: goes on with it. */
  resume(): Promise<void>;
}

export interface DemoTimeDeps {
  readonly engine: Engine;
  readonly clock: DemoClock;
  readonly calendar: () => WorkCalendar;
  /** Other nodes keep their time by the same database. */
  readonly shared: boolean;
  /** It stands elsewhere now, arrived or not: lights and what is left are others on every screen. */
  readonly onMoved?: () => void;
}

export function demoTime({ engine, clock, calendar, shared, onMoved }: DemoTimeDeps): DemoTime {
  let moving = false;
  const { store } = engine;

  /** `aheadMs`: how far it will be ahead there. Where it will stand is kept first: after a crash nothing lies in the future. */
  async function move(to: number, aheadMs: number): Promise<Moved> {
    const from = clock.now();
    clock.standAt(from);
    let passed = { ran: 0, arrived: false };
    try {
      passed = await passTime(engine, clock, to, (standsAt) => keep(store, { aheadMs, standsAt }));
      // before time goes on, and with it what is written: a crash from here on leaves nothing to go on with
      if (passed.arrived) await keep(store, { aheadMs });
    } finally {
      clock.goOnFrom(passed.arrived ? to : clock.now());
      await keep(store, { aheadMs: clock.aheadMs });
      onMoved?.();
    }
    return { from, to: clock.now(), ran: passed.ran + (await engine.runDueJobs()), arrived: passed.arrived };
  }

  async function alone<T>(work: () => Promise<T>): Promise<T> {
    moving = true;
    try {
      return await work();
    } finally {
      moving = false;
    }
  }

  return {
    get aheadMs() {
      return clock.aheadMs;
    },
    movable: !shared,
    async move(to) {
      if (shared) throw refusal('clock_shared', 'a database of its own, but other nodes share it');
      if (moving) throw refusal('clock_moving', 'a clock at rest, but it is being moved');
      const now = clock.now();
      const target = typeof to === 'number' ? to : instantAfter(to, now, calendar());
      if (target <= now) throw refusal('clock_back', 'a moment ahead, but it has passed', { at: now });
      if (target - now + clock.aheadMs > FARTHEST_MS) throw refusal('clock_too_far', 'at most ten years ahead');
      return alone(() => move(target, clock.aheadMs + target - now));
    },
    async resume() {
      if ((await keptTime(store)).standsAt !== undefined) await alone(() => move(clock.runsAt, clock.aheadMs));
    },
  };
}

/** What is kept of the time of a store that was moved. */
export interface KeptTime {
  /** How far it is ahead, ms, or will be: what was written then must not lie in the future after a restart. */
  readonly aheadMs: number;
  /** It was on its way there, and stood at this moment: what is due from then on has not happened. */
  readonly standsAt?: number;
}

export async function keptTime(store: Store): Promise<KeptTime> {
  const { aheadMs, standsAt } = (await store.getDocument(COLLECTION, ID)) ?? {};
  return {
    aheadMs: typeof aheadMs === 'number' ? Math.max(0, aheadMs) : 0,
    ...(typeof standsAt === 'number' && { standsAt }),
  };
}

function keep(store: Store, time: KeptTime): Promise<void> {
  return store.putDocument(COLLECTION, ID, { ...time });
}

function refusal(code: string, expected: string, details: Record<string, number> = {}): Rejection {
  return new Rejection('conflict', `demo.${code}`, `Expected ${expected}`, details);
}
