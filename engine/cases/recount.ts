import { moveTimers, type CaseState, type Effect } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { lateBefore } from './called-late.ts';
import { clockCheckIds, clockCheckJobs } from './clock-checks.ts';
import { consentAfter, consentWaits, withConsents } from './consent.ts';
import { checksOf, clockOf, movesOf, withTime } from './counted-clock.ts';
import { deadlineId, deadlineIds, LATE } from './deadlines.ts';
import { caseTerms, dueDatesOf, isHeld, phaseOf, type DueDates } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { taskId, taskRow } from './rows.ts';
import { keepChance, silenceWaits } from './silence.ts';
import type { StoredTasks } from './stored-tasks.ts';
import { timesOf } from './times.ts';

/** A case as it is, and as it shall be; the same state where that does not change. */
export interface Recounted {
  readonly before: {
    readonly row: CaseRow;
    readonly graph: ProcessGraph;
    /** Its tasks as they stand, by id, where they were counted with another calendar. */
    readonly tasks?: StoredTasks | undefined;
    /** Checks of its clock that have not looked yet, likewise. */
    readonly checks?: readonly JobRow[];
  };
  readonly after: { readonly row: CaseRow; readonly graph: ProcessGraph; readonly state: CaseState };
}

export interface Recount {
  /** Due dates of the case, its clock, and whether that stands still. */
  readonly row: DueDates & Pick<CaseRow, 'held' | 'clock' | 'late'>;
  /** Tasks that wait on, with theirs. */
  readonly tasks: readonly TaskRow[];
  /** Checks of the dates that moved and of the clock, and the ids of those that no longer hold. */
  readonly deadlines: readonly JobRow[];
  readonly lapsed: readonly string[];
  /**
   * What moved, for the history: of the promise, or of the statutory limit where `limit` says so; `isProvisional` where it may
   * move again; `exact` where the promise ends at a moment within its day.
   */
  readonly dueDates: JsonObject[];
  /** The case with the timers moved that hang on its due dates; what the history (of silence that waits, too) and the jobs hear. */
  readonly state: CaseState;
  readonly events: readonly NewEvent[];
  readonly effects: readonly Effect[];
}

/** Counts the due dates of a case, its tasks and its timers again, where what they are counted from has changed. */
export function recount({ before, after }: Recounted, calendar: WorkCalendar, now: number): Recount {
  const dates = dueDatesOf(caseTerms(after.row, after.graph, calendar));
  const held = dates.calendarVersion !== null && isHeld(after.row);
  const counted = {
    ...dates,
    dateNotes: dates.dateNotes,
    held: held ? (true as const) : undefined,
    // when no clock runs any more, those that ran stay counted as they were
    ...(phaseOf(after.row) === null && { calendarVersion: before.row.calendarVersion }),
  };
  const tasks = Object.values(before.row.state.tokens)
    .filter(({ id, wait }) => wait === 'task' && after.state.tokens[id])
    .map((token) => {
      const was =
        before.tasks?.get(taskId(before.row.id, token.id)) ?? taskRow(before.row, before.graph, token, calendar);
      const is = taskRow({ ...after.row, ...counted }, after.graph, after.state.tokens[token.id]!, calendar);
      return { was, is, stood: withTime(before, was) };
    });
  const { id } = before.row;
  const stood = withTime(before);
  const dated = [{ of: id, dates: stood }, ...tasks.map((each) => ({ of: each.was.id, dates: each.stood }))];
  const late = lateBefore(before.row, dated, now);
  const missed = {
    promise: late.includes(deadlineId(id, 'red')),
    steps: late.filter((check) => !deadlineIds(id).includes(check)),
  };
  const kept = keepChance(before.row, { ...after.row, ...dates }, missed, calendar, now);
  const silenceAfter = kept === after.row.clock ? undefined : kept?.phases?.silenceAfter;
  const reviewed = { ...after, row: { ...after.row, ...(kept && { clock: kept }) } };
  const given = tasks.flatMap(({ was, is }) => {
    const time = consentAfter({ ...before, task: was }, { ...reviewed, task: is }, calendar, now);
    return time ? [{ task: is, time }] : [];
  });
  const times = given.map(({ time }) => time);
  const clock = times.length > 0 ? withConsents(kept, times) : kept;
  const next = { ...after.row, ...counted, ...(clock && { clock }) };
  const sideAfter = { row: next, graph: after.graph };
  const ofCase = { id, caseId: id, token: '', node: '' };
  const otherPhase = phaseOf(before.row) !== phaseOf(after.row);
  // of older versions the dates alone tell, and say that whoever is left time now had been called late
  const isLeft = (check: string) => times.some(({ task, missed }) => !missed && deadlineIds(task).includes(check));
  const known = { now, late: late.filter((check) => !isLeft(check)) };
  const clocks = [
    clockOf(ofCase, stood, withTime(sideAfter), { ...known, otherPhase }),
    ...tasks.map(({ was, is, stood }) =>
      clockOf(is, stood, withTime(sideAfter, is), { ...known, elsewhere: was.node !== is.node }),
    ),
  ];
  const stillLate = clocks.flatMap((each) =>
    LATE.filter((light) => each.ends[light].goesOn).map((light) => deadlineId(each.of.id, light)),
  );
  const row = { ...counted, ...(clock && { clock }), late: stillLate };
  const again = clocks.filter(({ ends, warns, elsewhere, otherPhase }) => {
    const last = Math.max(ends.red.look.is ?? 0, ends.deepRed.look.is ?? 0);
    const isMoved = LATE.some((light) => ends[light].moved || ends[light].look.moved);
    return isMoved || warns || otherPhase || (elsewhere && last > now);
  });
  // while a clock stands still nobody knows until when: who is left time is told when it runs on
  const waits = [
    ...(silenceAfter === undefined || isHeld(after.row) ? [] : [silenceWaits(silenceAfter)]),
    ...given.filter(({ task }) => !task.held).map(({ task, time }) => consentWaits(task, time.until)),
  ];
  const checks = clockCheckIds(next);
  const timers = moveTimers(after.state, timesOf(next, after.graph, calendar));
  return {
    ...timers,
    events: [...waits, ...timers.events],
    row,
    tasks: tasks.map(({ is }) => is),
    deadlines:
      after.state.status === 'active'
        ? [...again.flatMap((each) => checksOf(each, now)), ...clockCheckJobs(next, calendar, now, before.checks)]
        : [],
    lapsed: [
      ...again.flatMap(({ of }) => deadlineIds(of.id)),
      ...clockCheckIds(before.row).filter((id) => !checks.includes(id)),
    ],
    dueDates: clocks.flatMap(movesOf),
  };
}
