import type { CaseRow } from '../store/ports.ts';
import { deadlineId, LATE, looksAt } from './deadlines.ts';
import type { NewEvent } from './history.ts';
import { taskId } from './rows.ts';

/** The events by which somebody is called late of a limit. */
export const LATE_EVENTS = { red: 'deadline.passed', deepRed: 'deadline.statutory_passed' } as const;

/** The checks that have called somebody late by now. Of cases of older versions the dates of `clocks` alone tell. */
export function lateBefore({ late }: Pick<CaseRow, 'late'>, clocks: readonly Dated[], now: number): readonly string[] {
  const hasLooked = (at: number | null) => at !== null && at < now;
  const byDates = () =>
    clocks.flatMap(({ of, dates }) =>
      LATE.filter((light) => hasLooked(looksAt(dates, light))).map((light) => deadlineId(of, light)),
    );
  return late ?? byDates();
}

interface Dated {
  /** The case or the task. */
  readonly of: string;
  readonly dates: Parameters<typeof looksAt>[0];
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
