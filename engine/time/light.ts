/**
 * grey: held. green: in time. yellow: near its end. red: the promise has passed. deepRed: the statutory limit has passed.
 * none: nothing limits it, so nothing can be said.
 */
export const LIGHTS = ['deepRed', 'red', 'yellow', 'green', 'grey', 'none'] as const;
export type Light = (typeof LIGHTS)[number];

/** What a light is judged by: the instants that are kept beside a case or a task. */
export interface Dates {
  readonly yellowAt: number | null;
  /** When the promise ends; null where there is none, and while it is held. */
  readonly dueAt: number | null;
  /** When the statutory limit ends; null where there is none, and while it is held. */
  readonly statutoryAt?: number | null | undefined;
  readonly held?: boolean | undefined;
}

/**
 * The light of a case, a task or a calculation at a moment: the one place that says so; stores ask the same of `edgesOf`.
 * Computed whenever it is shown, never stored. Yellow includes its first moment; red and deep red begin after the due
 * instant, and stay though the clock be held later.
 */
export function lightOf(dates: Dates, now: number): Light {
  const { clock, yellow, due, statutory } = edgesOf(dates);
  if (statutory < now) return 'deepRed';
  if (due < now) return 'red';
  if (clock !== 'runs') return clock === 'held' ? 'grey' : 'none';
  return yellow <= now ? 'yellow' : 'green';
}

/** The limit that passed and made it red, or deep red. */
export function overdueSince(dates: Dates, light: 'red' | 'deepRed'): number {
  const { due, statutory } = edgesOf(dates);
  return light === 'red' ? due : statutory;
}

/** Of several lights that of which most is to be feared; none where there are none. */
export function worstOf(lights: readonly Light[]): Light {
  return LIGHTS.find((light) => lights.includes(light)) ?? 'none';
}

/** Later than any instant: an edge that never comes. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** held: stands still, no date is known. none: nothing limits it. */
export type ClockState = 'runs' | 'held' | 'none';

/**
 * The instants at which a light changes, in order: `yellow` is its first yellow moment, `due` the last before red,
 * `statutory` the last before deep red. Because they are in order, each light is what lies between two of them, and a
 * store counts it along an index.
 */
export function edgesOf({ yellowAt, dueAt, statutoryAt, held }: Dates): {
  clock: ClockState;
  yellow: number;
  due: number;
  statutory: number;
} {
  const statutory = statutoryAt ?? NEVER;
  const due = Math.min(dueAt ?? NEVER, statutory);
  if (due === NEVER) return { clock: held ? 'held' : 'none', yellow: NEVER, due, statutory };
  return { clock: 'runs', yellow: Math.min(yellowAt ?? NEVER, due + 1), due, statutory };
}
