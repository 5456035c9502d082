import type { CaseClock, CasePhases, CaseRow } from '../store/ports.ts';
import { dayOf, dueDate, formatDay, type WorkCalendar } from '../time/index.ts';
import { isHeld } from './due-terms.ts';
import type { NewEvent } from './history.ts';

type Reviewed = Pick<CaseRow, 'clock' | 'dueAt' | 'statutoryAt'>;

/**
 * After which moment silence accepts a case (视为受理): a promise to review sooner ends before, what the law takes for
 * acceptance is silence for as long as the law gives. Undefined where no review runs, and while it stands still.
 */
export function acceptedAfter(row: Reviewed): number | undefined {
  const { clock, statutoryAt } = row;
  const phases = clock?.phases;
  if (phases?.now !== 'acceptance') return undefined;
  // a limit that had passed when the clock was stopped is known; one that only moved there does not take back what was told in time
  if (isHeld(row) && (statutoryAt == null || phases.silenceAfter !== undefined)) return undefined;
  return Math.max(endOf(row), phases.silenceAfter ?? 0);
}

/** When the review of a case ends, by its promise and the law. */
function endOf({ dueAt, statutoryAt }: Reviewed): number {
  return Math.max(dueAt ?? 0, statutoryAt ?? 0);
}

/**
 * Until when the office may still speak after the end of its review, where another count brought that nearer: silence waits for
 * it. Undefined where it does not wait, or no longer at `now`.
 */
export function silenceWaitsUntil(row: Reviewed, now: number): number | undefined {
  const until = row.clock?.phases?.silenceAfter;
  return until !== undefined && until === acceptedAfter(row) && until > endOf(row) && until >= now ? until : undefined;
}

/** What was late before silence began to wait: no count makes it good. */
export interface Missed {
  /** A sooner promise of the review. */
  readonly promise: boolean;
  /** Limits of its steps, as their checks are called. */
  readonly steps: readonly string[];
}

/**
 * The clock of a case `after` a count. Where that moved the end of its review forward and left less than that, the office may
 * speak until the close of the next working day; if that day is none any more, until that of the one after it.
 */
export function keepChance(
  before: Reviewed,
  after: Reviewed,
  missed: Missed,
  calendar: WorkCalendar,
  now: number,
): CaseClock | undefined {
  const { clock } = after;
  const is = acceptedAfter(after);
  if (!clock?.phases || is === undefined) return clock;
  const chance = closeOfNextWorkingDay(now, calendar);
  const isLost = is === clock.phases.silenceAfter && is >= now && !worksOn(is, calendar);
  // what stood still within the time that was left has that anew, and is told of it
  const runsOn = isHeld(before) && is === before.clock?.phases?.silenceAfter && is > endOf(after);
  if (!(runsOn ? is <= chance : is < chance && (isLost || isMoved(before, is, after, now)))) return clock;
  const { promiseMissed: _promise, stepsMissed: _steps, ...phases } = clock.phases;
  const late = {
    ...(missed.promise && { promiseMissed: true as const }),
    ...(missed.steps.length > 0 && { stepsMissed: missed.steps }),
  };
  return { ...clock, phases: { ...phases, silenceAfter: chance, ...late } };
}

/** In ms: by then who is told today has had a day to speak on. */
export function closeOfNextWorkingDay(now: number, calendar: WorkCalendar): number {
  return dueDate({ start: now, limit: { value: 1, unit: 'workingDays' }, calendar }).dueAt;
}

/** The end had not passed, and time alone did not bring it: a clock that stood still runs on with what it had left. */
function isMoved(before: Reviewed, is: number, after: Reviewed, now: number): boolean {
  const was = acceptedAfter(before);
  if (was !== undefined) return was >= now && was > is;
  return is < now && (isHeld(after) || before.clock?.phases?.silenceAfter !== undefined);
}

/** Tells until when the office may still speak. */
export function silenceWaits(until: number): NewEvent {
  return { type: 'case.silence_waits', data: { until } };
}

export function worksOn(moment: number, calendar: WorkCalendar): boolean {
  return calendar.isWorkingDay(formatDay(dayOf(moment, calendar.utcOffsetMs)));
}

/**
 * Whether whoever had until the end of a review, or longer, was done while silence waited for the office: that is in time,
 * though `dueAt` as it is counted now lies before.
 */
export function doneInChance(phases: CasePhases | undefined, dueAt: number, doneAt: number): boolean {
  const review = phases?.ended?.acceptance;
  if (!review || phases.acceptedBy === 'silence') return false;
  const end = phases.promiseMissed ? review.statutoryAt : (review.dueAt ?? review.statutoryAt);
  return end !== null && dueAt >= end && doneAt <= (phases.silenceAfter ?? 0);
}
