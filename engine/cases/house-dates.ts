import type { MovedDate, RecountRun } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';

/** Due dates that the house keeps with cases and the engine knows nothing of: another calendar moves them too. */
export interface HouseDates {
  /** Counts the next page of them again, of open cases and closed ones. Repeating a page is harmless. */
  recount(page: HouseRecount): Promise<HouseRecounted>;
  /**
   * Pure: dates of an open case that no row keeps, where they move with those of its tasks, or alone. Undefined: it has none
   * such; else the case keeps the calendar that they were counted with, also where nothing moves.
   */
  movedWith(counted: CountedCase): readonly MovedDate[] | undefined;
}

/** An open case with a limit on a task under way, counted with another calendar than before. */
export interface CountedCase {
  readonly row: CaseRow;
  readonly graph: ProcessGraph;
  /** Versions that it has left, by id. */
  readonly left: ReadonlyMap<string, ProcessGraph>;
  /** All its tasks, as they stand and as they are counted now, in the same order. */
  readonly before: readonly TaskRow[];
  readonly after: readonly TaskRow[];
  readonly calendar: WorkCalendar;
  readonly now: number;
}

export interface HouseRecount {
  readonly calendar: WorkCalendar;
  /** Goes on record with each that moves. */
  readonly because: JsonObject;
  /** Who ordered it. */
  readonly by: string;
  /** `next` of the page before; null: the first page. */
  readonly after: string | null;
}

export interface HouseRecounted {
  readonly changed: number;
  readonly failed: RecountRun['failed'];
  /** null: that was the last page. */
  readonly next: string | null;
}
