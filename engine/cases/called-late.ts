import type { CaseRow } from '../store/ports.ts';
import { deadlineId, LATE, type Late } from './deadlines.ts';
import type { NewEvent } from './history.ts';
import { taskId } from './rows.ts';

/** The events by which somebody is called late of a limit. */
export const LATE_EVENTS = { red: 'deadline.passed', deepRed: 'deadline.statutory_passed' } as const;

/** Whether it is on record that this limit, which ends at `end`, has passed. Of cases of older versions the date alone tells. */
export function isCalledLate(
  { late }: Pick<CaseRow, 'late'>,
  of: string,
  light: Late,
  { end, now }: { end: number | null; now: number },
): boolean {
  return late ? late.includes(deadlineId(of, light)) : end !== null && end < now;
}

/** What is on record after events of a case. Undefined where older versions did not keep it. */
export function lateAfter(
  { id, late }: Pick<CaseRow, 'id' | 'late'>,
  events: readonly Pick<NewEvent, 'type' | 'token'>[],
): CaseRow['late'] {
  const called = events.flatMap(({ type, token }) =>
    LATE.filter((light) => LATE_EVENTS[light] === type).map((light) =>
      deadlineId(token ? taskId(id, token) : id, light),
    ),
  );
  return late && called.length > 0 ? [...new Set([...late, ...called])] : late;
}
