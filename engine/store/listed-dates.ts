import { edgesOf, type Dates } from '../time/light.ts';
import type { CaseRow, DatedRow, TaskRow } from './ports.ts';

/** The dates by which an open task is counted, filtered and listed: its own, without a limit of its own those of its case. */
export function listedDates(task: TaskRow): DatedRow {
  return task.ofCase ?? task;
}

/** Something limits it, be it that its clock stands still. */
export function isLimited(row: Dates): boolean {
  return edgesOf(row).clock !== 'none';
}

/** What tasks keep of their case as `ofCase`: the dates of the clock that runs now; undefined where nothing limits it. */
export function datesForTasks(row: CaseRow): DatedRow | undefined {
  if (!isLimited(row)) return undefined;
  const { dueAt, yellowAt, statutoryAt, provisional, dateNotes, held } = row;
  return {
    dueAt,
    yellowAt,
    // rows of older stores know none
    statutoryAt: statutoryAt ?? null,
    provisional,
    ...(dateNotes && { dateNotes }),
    ...(held && { held }),
  };
}
