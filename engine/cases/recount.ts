import { moveTimers, type CaseState, type Effect } from '../core/index.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { clockCheckIds, clockCheckJobs } from './clock-checks.ts';
import { countsToTheMoment, uncertainDates } from './date-notes.ts';
import { deadlineId, deadlineIds, deadlineJobs, type Checked, type Watched } from './deadlines.ts';
import { caseTerms, dueDatesOf, isHeld, phaseOf, type DueDates } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { taskId, taskRow } from './rows.ts';
import { consentAfter, consentWaits, isPutOff } from './put-off.ts';
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
  const silenceAfter = kept?.phases?.silenceAfter;
  const chance = silenceAfter !== undefined && silenceAfter !== after.row.clock?.phases?.silenceAfter;
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
  const answers = tasks.map(({ was, is }) => {
    const sides = [
      { row: before.row, task: was },
      { row: { ...after.row, ...(kept && { clock: kept }) }, task: is },
    ] as const;
    return { task: is, until: consentAfter(...sides, after.graph.nodes[is.node]!, calendar, now) };
  });
  const ofCase = { id: after.row.id, caseId: after.row.id, token: '', node: '' };
  const otherPhase = phaseOf(before.row) !== phaseOf(after.row);
  const clocks = [
    clockOf(ofCase, before.row, counted, { otherPhase, putOff: otherPhase ? [] : lookAgain(before.row, ofCase.id) }),
    ...tasks.map(({ was, is }) =>
      clockOf(is, was, is, { elsewhere: was.node !== is.node, putOff: lookAgain(before.row, is.id) }),
    ),
  ];
  const clock = withAnswers(kept, clocks, answers, now);
  const row = { ...counted, ...(clock && { clock }) };
  const next = { ...after.row, ...row };
  const again = clocks.filter(({ promise, law, warns, is, elsewhere, otherPhase, putOff }) => {
    const last = Math.max(is.dueAt ?? 0, is.statutoryAt ?? 0);
    return promise.moved || law.moved || warns || otherPhase || putOff.length > 0 || (elsewhere && last > now);
  });
  const told = before.row.clock?.consents;
  const waits = [
    ...(chance ? [silenceWaits(silenceAfter)] : []),
    ...answers.flatMap(({ task, until }) =>
      until === undefined || told?.[task.id] === until ? [] : [consentWaits(task, until)],
    ),
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

function lookAgain(row: CaseRow, of: string): Late[] {
  return (['red', 'deepRed'] as const).filter((light) => isPutOff(row, of, light));
}

/** The clock with what is put off still, and with the answers that are waited for; the same where neither changes. */
function withAnswers(
  clock: CaseClock | undefined,
  clocks: readonly Clock[],
  answers: readonly { task: TaskRow; until: number | undefined }[],
  now: number,
): CaseClock | undefined {
  const putOff = clocks.flatMap(({ of, is, putOff: lights }) => {
    const ends = { red: is.dueAt, deepRed: is.statutoryAt ?? null };
    return lights.filter((light) => ends[light] !== null && ends[light] < now).map((light) => deadlineId(of.id, light));
  });
  const open = answers.filter(({ until }) => until !== undefined).map(({ task, until }) => [task.id, until] as const);
  const { putOff: _, consents: __, ...others } = clock ?? { holds: [], extensions: [] };
  const next: CaseClock = {
    ...others,
    ...(putOff.length > 0 && { putOff }),
    ...(open.length > 0 && { consents: Object.fromEntries(open) as Record<string, number> }),
  };
  const waits = ({ putOff: checks, consents }: Pick<CaseClock, 'putOff' | 'consents'>) =>
    canonicalJson([checks ?? [], consents ?? {}] as JsonValue);
  return waits(next) === waits(clock ?? {}) ? clock : next;
}

type Late = 'red' | 'deepRed';
type Two = Pick<CaseRow, 'yellowAt' | 'dueAt' | 'statutoryAt' | 'provisional' | 'dateNotes'>;
type Clock = ReturnType<typeof clockOf>;

/**
 * `elsewhere`: of a task that has another element now. `otherPhase`: of a case whose dates are those of another phase now.
 * `putOff`: its checks that came while nobody was late.
 */
interface Changed {
  readonly elsewhere?: boolean;
  readonly otherPhase?: boolean;
  readonly putOff?: readonly Late[];
}

/** What became of the two dates of one clock. */
function clockOf(of: Watched, was: Two, is: Two, { elsewhere = false, otherPhase = false, putOff = [] }: Changed) {
  return {
    of,
    was,
    is,
    elsewhere,
    otherPhase,
    putOff,
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
function checksOf({ of, was, is, otherPhase, putOff, promise, law }: Clock, now: number): JobRow[] {
  if (otherPhase) return deadlineJobs(of, is, now);
  const sameEnd = !promise.moved && (is.dueAt !== null || !law.moved);
  const recorded: Checked[] = [];
  if (sameEnd && was.yellowAt !== null && was.yellowAt <= now) recorded.push('yellow');
  if (!promise.moved && !putOff.includes('red')) recorded.push('red');
  if (!law.moved && !putOff.includes('deepRed')) recorded.push('deepRed');
  const since = {
    ...(goesOn(promise, now) && !putOff.includes('red') && { red: promise.was! }),
    ...(goesOn(law, now) && !putOff.includes('deepRed') && { deepRed: law.was! }),
  };
  return deadlineJobs(of, { ...is, ...(Object.keys(since).length > 0 && { since }) }, now, recorded);
}

/** It had passed before it moved, and has passed where it is now. */
function goesOn({ was, is, moved }: ReturnType<typeof change>, now: number): boolean {
  return moved && was !== null && is !== null && Math.max(was, is) < now;
}
