import { moveTimers, type CaseState, type Effect } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { clockCheckIds, clockCheckJobs } from './clock-checks.ts';
import { countsToTheMoment, uncertainDates } from './date-notes.ts';
import { deadlineIds, deadlineJobs, type Checked, type Due, type Watched } from './deadlines.ts';
import { caseTerms, dueDatesOf, isHeld, phaseOf, type DueDates } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { taskId, taskRow } from './rows.ts';
import { caseNotBefore, consentAfter, consentWaits, stepsMissed, taskNotBefore } from './not-before.ts';
import { keepChance, silenceWaits } from './silence.ts';
import { timesOf } from './times.ts';

/** A case as it is, and as it shall be; the same state where that does not change. */
export interface Recounted {
  readonly before: {
    readonly row: CaseRow;
    readonly graph: ProcessGraph;
    /** Its tasks as they stand, by id, where they were counted with another calendar. */
    readonly tasks?: ReadonlyMap<string, TaskRow>;
    /** Checks of its clock that have not looked yet, likewise. */
    readonly checks?: readonly JobRow[];
  };
  readonly after: { readonly row: CaseRow; readonly graph: ProcessGraph; readonly state: CaseState };
}

export interface Recount {
  /** Due dates of the case, its clock, and whether that stands still. */
  readonly row: DueDates & Pick<CaseRow, 'held' | 'clock'>;
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
  const kept = keepChance(before.row, { ...after.row, ...dates }, calendar, now);
  const chance = kept !== after.row.clock;
  const counted = {
    ...dates,
    dateNotes: dates.dateNotes,
    held: held ? (true as const) : undefined,
    // when no clock runs any more, those that ran stay counted as they were
    ...(phaseOf(after.row) === null && { calendarVersion: before.row.calendarVersion }),
  };
  const tasks = Object.values(before.row.state.tokens)
    .filter(({ id, wait }) => wait === 'task' && after.state.tokens[id])
    .map((token) => ({
      was: before.tasks?.get(taskId(before.row.id, token.id)) ?? taskRow(before.row, before.graph, token, calendar),
      is: taskRow({ ...after.row, ...counted }, after.graph, after.state.tokens[token.id]!, calendar),
    }));
  const clock = chance ? withMissed(before.row, kept!, tasks, now) : kept;
  const row = { ...counted, ...(clock && { clock }) };
  const next = { ...after.row, ...row };
  const consents = tasks.flatMap(({ was, is }) => {
    const sides = [
      { row: before.row, task: was },
      { row: next, task: is },
    ] as const;
    const until = consentAfter(...sides, after.graph.nodes[is.node]!, calendar, now);
    return until === undefined ? [] : [{ task: is, until }];
  });
  const ofCase = { id: next.id, caseId: next.id, token: '', node: '' };
  const otherPhase = phaseOf(before.row) !== phaseOf(after.row);
  const clocks = [
    clockOf(ofCase, before.row, { ...row, notBefore: caseNotBefore(next) }, { otherPhase, chance }),
    ...tasks.map(({ was, is }) => {
      const until = consents.find(({ task }) => task === is)?.until;
      const changed = { elsewhere: was.node !== is.node, chance: chance || until !== undefined };
      return clockOf(is, was, { ...is, notBefore: taskNotBefore(next, is, until) }, changed);
    }),
  ];
  const again = clocks.filter(({ promise, law, warns, is, elsewhere, otherPhase, chance }) => {
    const last = Math.max(is.dueAt ?? 0, is.statutoryAt ?? 0);
    return promise.moved || law.moved || warns || otherPhase || chance || (elsewhere && last > now);
  });
  const waits = [
    ...(chance ? [silenceWaits(clock!.phases!.silenceAfter!)] : []),
    ...consents.map(({ task, until }) => consentWaits(task, until)),
  ];
  const checks = clockCheckIds(next);
  const timers = moveTimers(after.state, timesOf(next, after.graph, calendar));
  return {
    ...timers,
    events: [...(held ? [] : waits), ...timers.events],
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

/** The clock, with what was late before silence began to wait. */
function withMissed(before: CaseRow, clock: CaseClock, tasks: readonly { was: TaskRow }[], now: number): CaseClock {
  const isFirst = before.clock?.phases?.silenceAfter === undefined;
  const missed = isFirst
    ? stepsMissed(
        tasks.map(({ was }) => was),
        now,
      )
    : [];
  return missed.length === 0 ? clock : { ...clock, phases: { ...clock.phases!, stepsMissed: missed } };
}

type Two = Pick<CaseRow, 'yellowAt' | 'dueAt' | 'statutoryAt' | 'provisional' | 'dateNotes'>;
type Clock = ReturnType<typeof clockOf>;

/**
 * `elsewhere`: of a task that has another element now. `otherPhase`: of a case whose dates are those of another phase now.
 * `chance`: until another moment than before silence waits for the office to speak, or for a department to answer.
 */
interface Changed {
  readonly elsewhere?: boolean;
  readonly otherPhase?: boolean;
  readonly chance?: boolean;
}

/** What became of the two dates of one clock. */
function clockOf(
  of: Watched,
  was: Two,
  is: Two & Pick<Due, 'notBefore'>,
  { elsewhere = false, otherPhase = false, chance = false }: Changed,
) {
  return {
    of,
    was,
    is,
    elsewhere,
    otherPhase,
    chance,
    warns: was.yellowAt !== is.yellowAt,
    promise: change(was.dueAt, is.dueAt),
    law: change(was.statutoryAt, is.statutoryAt),
  };
}

/** Rows of older stores know no statutory date. */
function change(was: number | null | undefined, is: number | null) {
  return { was: was ?? null, is, moved: (was ?? null) !== is };
}

/** What moved of one clock, for the history. */
function movesOf({ of, is, promise, law }: Clock): JsonObject[] {
  const uncertain = uncertainDates(is);
  const moves: JsonObject[] = [];
  if (promise.moved)
    moves.push({
      ...moveOf(of, promise, uncertain.promise),
      ...(countsToTheMoment(is) && { exact: true }),
    });
  if (law.moved) moves.push({ ...moveOf(of, law, uncertain.statutory), limit: 'statutory' });
  return moves;
}

function moveOf({ node }: Watched, { was, is }: ReturnType<typeof change>, isProvisional: boolean): JsonObject {
  return { element: node, was, is, ...(isProvisional && { isProvisional }) };
}

/**
 * What had come and did not move is taken for recorded: a limit that had passed, the warning of the date that it warned of.
 * Known limit: where its check is still pending, as after the server was away, it is not, and that light may be left out.
 * Of a phase that begins nothing is recorded, though it have the dates of the one before.
 */
function checksOf({ of, was, is, otherPhase, promise, law }: Clock, now: number): JobRow[] {
  if (otherPhase) return deadlineJobs(of, is, now);
  const sameEnd = !promise.moved && (is.dueAt !== null || !law.moved);
  const recorded: Checked[] = [];
  if (sameEnd && was.yellowAt !== null && was.yellowAt <= now) recorded.push('yellow');
  if (!promise.moved) recorded.push('red');
  if (!law.moved) recorded.push('deepRed');
  const since = {
    ...(goesOn(promise, now) && { red: promise.was! }),
    ...(goesOn(law, now) && { deepRed: law.was! }),
  };
  return deadlineJobs(of, { ...is, ...(Object.keys(since).length > 0 && { since }) }, now, recorded);
}

/** It had passed before it moved, and has passed where it is now. */
function goesOn({ was, is, moved }: ReturnType<typeof change>, now: number): boolean {
  return moved && was !== null && is !== null && Math.max(was, is) < now;
}
