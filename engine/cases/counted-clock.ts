import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import { countsToTheMoment, uncertainDates } from './date-notes.ts';
import {
  deadlineId,
  deadlineJobs,
  LATE,
  looksAt,
  type Checked,
  type Due,
  type Late,
  type Watched,
} from './deadlines.ts';
import { caseNotBefore, taskNotBefore } from './not-before.ts';

export type Two = Pick<CaseRow, 'yellowAt' | 'dueAt' | 'statutoryAt' | 'provisional' | 'dateNotes'> &
  Pick<Due, 'notBefore'>;
export type CountedClock = ReturnType<typeof clockOf>;

/** The dates of a case, or of one of its tasks, and until when nobody is called late of them. */
export function withTime({ row, graph }: { row: CaseRow; graph: Pick<ProcessGraph, 'nodes'> }, task?: TaskRow): Two {
  const { yellowAt, dueAt, statutoryAt, provisional, dateNotes } = task ?? row;
  const notBefore = task ? taskNotBefore(row, graph, task) : caseNotBefore(row);
  return { yellowAt, dueAt, statutoryAt, provisional, ...(dateNotes && { dateNotes }), notBefore };
}

/** `elsewhere`: of a task that has another element now. `otherPhase`: of a case whose dates are those of another phase now. */
interface Counted {
  readonly now: number;
  /** The checks that have called somebody late. */
  readonly late: readonly string[];
  readonly elsewhere?: boolean;
  readonly otherPhase?: boolean;
}

/** What became of the two dates of one clock, and of when they are looked at. */
export function clockOf(of: Watched, was: Two, is: Two, { late, now, elsewhere = false, otherPhase = false }: Counted) {
  const endOf = (light: Late, date: ReturnType<typeof change>) => {
    const look = change(looksAt(was, light), looksAt(is, light));
    const isLate = !otherPhase && date.was !== null && late.includes(deadlineId(of.id, light));
    return { ...date, look, goesOn: isLate && date.is !== null && date.is < now };
  };
  return {
    of,
    was,
    is,
    elsewhere,
    otherPhase,
    warns: was.yellowAt !== is.yellowAt,
    ends: {
      red: endOf('red', change(was.dueAt, is.dueAt)),
      deepRed: endOf('deepRed', change(was.statutoryAt, is.statutoryAt)),
    },
  };
}

/** Rows of older stores know no statutory date. */
function change(was: number | null | undefined, is: number | null | undefined) {
  return { was: was ?? null, is: is ?? null, moved: (was ?? null) !== (is ?? null) };
}

/** What moved of one clock, for the history. */
export function movesOf({ of, is, ends: { red: promise, deepRed: law } }: CountedClock): JsonObject[] {
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
 * What is on record and did not move is not told again: that a limit has passed, the warning of the date that it warned of.
 * Known limit: a warning whose check is still pending, as after the server was away, is taken for told.
 */
export function checksOf({ of, was, is, otherPhase, ends }: CountedClock, now: number): JobRow[] {
  const { red, deepRed } = ends;
  const hasTime = (light: Late) => (ends[light].look.is ?? 0) >= now;
  const recorded: Checked[] = LATE.filter((light) => ends[light].goesOn && !ends[light].moved && !hasTime(light));
  const sameEnd = !otherPhase && !red.moved && (is.dueAt !== null || !deepRed.moved);
  if (sameEnd && was.yellowAt !== null && was.yellowAt <= now) recorded.push('yellow');
  const goingOn = LATE.filter((light) => ends[light].goesOn && !recorded.includes(light));
  const since = Object.fromEntries(goingOn.map((light) => [light, ends[light].was!]));
  return deadlineJobs(of, { ...is, ...(goingOn.length > 0 && { since }) }, now, recorded);
}
