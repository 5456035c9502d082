import type { RecountRun } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { WorkCalendar } from '../time/index.ts';

/** Due dates that the house keeps with cases and the engine knows nothing of: another calendar moves them too. */
export interface HouseDates {
  /** Counts the next page of them again, of open cases and closed ones. Repeating a page is harmless. */
  recount(page: HouseRecount): Promise<HouseRecounted>;
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
