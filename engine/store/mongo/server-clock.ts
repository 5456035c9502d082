import type { Clock } from '../../kernel/clock.ts';
import type { Collections } from './documents.ts';
import { keyOf } from './keys.ts';

export interface ServerClock extends Clock {
  /** How far this machine's own clock is ahead of the server's, ms. */
  ahead(): number;
  stop(): void;
}

export interface ServerClockOptions {
  /** One reading of the server's clock, ms. */
  read(): Promise<number>;
  /** Told when this machine's own clock comes to differ by more than a second, and when it no longer does. */
  onDrift?: ((aheadMs: number, wrong: boolean) => void) | undefined;
  /** For tests; in ms: wall time, and time that nobody can set. */
  readonly machine?: Machine;
}

interface Machine {
  wall(): number;
  steady(): number;
}

const MACHINE: Machine = { wall: () => Date.now(), steady: () => performance.now() };
const ASK_EVERY_MS = 30_000;
/** Beyond this an operator should know, and a correction is made at once instead of by waiting. */
const MUCH_MS = 1_000;
const FIRST_READINGS = 3;

/**
 * The server's clock, kept between readings by this machine's steady clock: whatever its wall clock says, and however it
 * is set meanwhile, nodes of one database agree on the time within the way to the server and back. A reading tells between
 * which two instants the time is; only what contradicts it is corrected. Corrections backwards of up to a second make
 * time stand still, so that nothing that was due becomes early.
 */
export async function startServerClock(options: ServerClockOptions): Promise<ServerClock> {
  const { read, onDrift, machine = MACHINE } = options;
  let base = Number.NaN; // server time = base + steady time
  /** What the wall clock showed beside the steady one at the last reading. */
  let gap = Number.NaN;
  let last = -Infinity;
  let wrong = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** Between which two values `base` is. */
  async function reading(): Promise<[number, number]> {
    const sent = machine.steady();
    const at = await read();
    return [at - machine.steady(), at - sent + 1]; // the server cuts off the fraction of its ms
  }

  function learn([least, most]: [number, number]): void {
    gap = machine.wall() - machine.steady();
    base = Number.isNaN(base) ? (least + most) / 2 : Math.min(Math.max(base, least), most);
    if (last - time() > MUCH_MS) last = -Infinity;
  }

  const time = () => base + machine.steady();
  const ahead = () => Math.round(machine.wall() - time());

  function tell(): void {
    const now = Math.abs(ahead()) > MUCH_MS;
    if (now !== wrong) onDrift?.(ahead(), now);
    wrong = now;
  }

  let asking: Promise<void> | undefined;
  function ask(): void {
    if (asking || stopped) return;
    clearTimeout(timer);
    asking = reading()
      .then(learn)
      .then(tell)
      .catch(() => undefined) // the store says by itself that the server is away
      .finally(() => {
        asking = undefined;
        if (!stopped) timer = setTimeout(ask, ASK_EVERY_MS).unref();
      });
  }

  let best = await reading();
  for (let more = 1; more < FIRST_READINGS; more++) {
    const next = await reading();
    if (next[1] - next[0] < best[1] - best[0]) best = next;
  }
  learn(best);
  tell();
  timer = setTimeout(ask, ASK_EVERY_MS).unref();

  return {
    now() {
      // somebody set the wall clock, or the machine slept, which stops the steady one
      if (Math.abs(machine.wall() - machine.steady() - gap) > MUCH_MS) ask();
      last = Math.max(last, Math.floor(time()));
      return last;
    },
    ahead,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * By a write of one document, for that is the one way to ask which every server knows: a member answers for itself, a
 * router would tell its own time. Of all nodes and routers it is the clock of the same primary.
 */
export async function readServerTime({ counters }: Collections): Promise<number> {
  const found = await counters.findOneAndUpdate(
    { _id: keyOf('server time') },
    { $currentDate: { at: true } },
    { upsert: true, returnDocument: 'after', projection: { at: 1 }, writeConcern: { w: 1 } },
  );
  return found!.at!.getTime();
}
