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
}

export interface DemoTimeDeps {
  readonly engine: Engine;
  readonly clock: DemoClock;
  readonly calendar: () => WorkCalendar;
  /** Other nodes keep their time by the same database. */
  readonly shared: boolean;
}

export function demoTime({ engine, clock, calendar, shared }: DemoTimeDeps): DemoTime {
  let moving = false;
  const { store } = engine;

  async function move(to: number): Promise<Moved> {
    const from = clock.now();
    // first, so that after a crash nothing that was written lies in the future
    await keep(store, clock.aheadMs + to - from);
    let passed = { ran: 0, arrived: true };
    try {
      clock.standAt(from);
      passed = await passTime(engine, clock, to);
    } finally {
      clock.goOnFrom(passed.arrived ? to : clock.now());
    }
    await keep(store, clock.aheadMs);
    return { from, to: clock.now(), ran: passed.ran + (await engine.runDueJobs()), arrived: passed.arrived };
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
      moving = true;
      try {
        return await move(target);
      } finally {
        moving = false;
      }
    },
  };
}

/** How far ahead the clock of this store was moved, ms: what was written then must not lie in the future after a restart. */
export async function keptAhead(store: Store): Promise<number> {
  const kept = await store.getDocument(COLLECTION, ID);
  return typeof kept?.aheadMs === 'number' ? Math.max(0, kept.aheadMs) : 0;
}

function keep(store: Store, aheadMs: number): Promise<void> {
  return store.putDocument(COLLECTION, ID, { aheadMs });
}

function refusal(code: string, expected: string, details: Record<string, number> = {}): Rejection {
  return new Rejection('conflict', `demo.${code}`, `Expected ${expected}`, details);
}
