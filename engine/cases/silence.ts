import type { CaseClock, CaseRow } from '../store/ports.ts';
import { dueDate, type WorkCalendar } from '../time/index.ts';
import { isHeld } from './due-terms.ts';

type Reviewed = Pick<CaseRow, 'clock' | 'dueAt' | 'statutoryAt'>;

/**
 * After which moment silence accepts a case (视为受理): a promise to review sooner ends before, what the law takes for
 * acceptance is silence for as long as the law gives. Undefined where no review runs, and while it stands still.
 */
export function silenceAfter(row: Reviewed): number | undefined {
  const { clock, dueAt, statutoryAt } = row;
  const phases = clock?.phases;
  if (phases?.now !== 'acceptance') return undefined;
  // a limit that had passed when the clock was stopped is known; one that only moved there does not take back what was told in time
  if (isHeld(row) && (statutoryAt == null || phases.silenceAfter !== undefined)) return undefined;
  return Math.max(dueAt ?? 0, statutoryAt ?? 0, phases.silenceAfter ?? 0);
}

/**
 * The clock of a case `after` a count. Where that alone put the end of its review in the past, the office may still speak
 * until the close of the next working day.
 */
export function keepChance(
  before: Reviewed,
  after: Reviewed,
  calendar: WorkCalendar,
  now: number,
): CaseClock | undefined {
  const { clock } = after;
  const is = silenceAfter(after);
  if (!clock?.phases || is === undefined || is >= now || !isMoved(before, after, now)) return clock;
  const chance = dueDate({ start: now, limit: { value: 1, unit: 'workingDays' }, calendar });
  return { ...clock, phases: { ...clock.phases, silenceAfter: chance.dueAt } };
}

/** The end had not passed, and time alone did not bring it: a clock that stood still runs on with what it had left. */
function isMoved(before: Reviewed, after: Reviewed, now: number): boolean {
  const was = silenceAfter(before);
  if (was !== undefined) return was >= now;
  return isHeld(after) || before.clock?.phases?.silenceAfter !== undefined;
}
