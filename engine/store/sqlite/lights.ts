import { edgesOf, NEVER, type ClockState, type Dates, type Light } from '../../time/light.ts';
import { noLights } from '../order.ts';
import type { CaseCounts, LightCounts } from '../ports.ts';
import type { Database, SqlValue } from './driver.ts';

/** How a clock stands, as a column; null once it is closed. */
export const CLOCK: Readonly<Record<ClockState, number>> = { runs: 1, held: 2, none: 3 };

export interface Edges {
  readonly clock: number | null;
  readonly yellow: number | null;
  readonly due: number | null;
  readonly statutory: number | null;
}

/** Columns of a case or task by which lights are counted; an edge that never comes is null, all are once it is closed. */
export function edgeColumns(row: Dates, open: boolean): Edges {
  if (!open) return { clock: null, yellow: null, due: null, statutory: null };
  const { clock, ...edges } = edgesOf(row);
  const column = (edge: number) => (edge === NEVER ? null : edge);
  return {
    clock: CLOCK[clock],
    yellow: column(edges.yellow),
    due: column(edges.due),
    statutory: column(edges.statutory),
  };
}

/** A condition with as many places for `now` as it has question marks. */
export type LightConditions = Readonly<Record<Light, string>>;

export function placesFor(condition: string, now: number): number[] {
  return Array.from({ length: condition.split('?').length - 1 }, () => now);
}

/**
 * Counts along indexes only, no row is read: deep red, and what lies between two edges. Of the counts of `edges`, each
 * holds those of the later ones.
 */
function lightsFrom(row: Record<string, SqlValue>): LightCounts {
  const [statutory, due, yellow] = [Number(row.statutory), Number(row.due), Number(row.yellow)];
  return {
    ...noLights(),
    deepRed: statutory,
    red: due - statutory,
    yellow: yellow - due,
    green: Number(row.green),
    grey: Number(row.grey),
    none: Number(row.none),
  };
}

const CASES = `SELECT
  (SELECT count(*) FROM cases INDEXED BY case_statutory WHERE statutory_at < ?) AS statutory,
  (SELECT count(*) FROM cases INDEXED BY case_due WHERE due_at < ?) AS due,
  (SELECT count(*) FROM cases INDEXED BY case_clock WHERE clock = ${CLOCK.runs} AND yellow_at <= ?) AS yellow,
  (SELECT count(*) FROM cases INDEXED BY case_clock WHERE clock = ${CLOCK.runs} AND yellow_at > ?) AS green,
  (SELECT count(*) FROM cases INDEXED BY case_clock WHERE clock = ${CLOCK.held}) AS grey,
  (SELECT count(*) FROM cases INDEXED BY case_clock WHERE clock = ${CLOCK.none}) AS none`;

const COMPLETED = `SELECT count(*) AS n FROM
  (SELECT 1 FROM cases INDEXED BY case_completed WHERE status = 'completed' LIMIT ?)`;

export function countCases(database: Database, now: number, most: number): CaseCounts {
  const lights = lightsFrom(database.get(CASES, now, now, now, now)!);
  return { ...lights, completed: database.get(COMPLETED, most)!.n as number };
}

const TASKS = `SELECT
  (SELECT count(*) FROM tasks INDEXED BY task_statutory WHERE department IS ? AND statutory < ?) AS statutory,
  (SELECT count(*) FROM tasks INDEXED BY task_due WHERE department IS ? AND due < ?) AS due,
  (SELECT count(*) FROM tasks INDEXED BY task_clock WHERE clock = ${CLOCK.runs} AND department IS ? AND yellow <= ?) AS yellow,
  (SELECT count(*) FROM tasks INDEXED BY task_clock WHERE clock = ${CLOCK.runs} AND department IS ? AND yellow > ?) AS green,
  (SELECT count(*) FROM tasks INDEXED BY task_clock WHERE clock = ${CLOCK.held} AND department IS ?) AS grey,
  (SELECT count(*) FROM tasks INDEXED BY task_clock WHERE clock = ${CLOCK.none} AND department IS ?) AS none`;

/** Unfinished tasks of a department; null: without one. */
export function countTasks(database: Database, department: string | null, now: number): LightCounts {
  const edge = [department, now];
  return lightsFrom(database.get(TASKS, ...edge, ...edge, ...edge, ...edge, department, department)!);
}
