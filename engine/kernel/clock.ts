/** Where the engine learns what time it is. Milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to: tests, and the demo's "jump to the next working day". */
export interface MovableClock extends Clock {
  set(instant: number): void;
  advance(ms: number): void;
}

export function movableClock(start: number): MovableClock {
  let at = start;
  return {
    now: () => at,
    set: (instant) => {
      at = instant;
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
