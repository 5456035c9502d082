import type { JsonObject } from '../kernel/json.ts';
import type { CaseRow, Commit } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';

export interface RecountOrder {
  /** Why: goes on record in every case that changes. */
  readonly because: JsonObject;
  /** Written together with the order: what it follows from. */
  readonly documents?: Commit['documents'];
  /** When the new calendar is in force on every node (ms); now when absent. */
  readonly notBefore?: number;
}

/** All open cases, counted again. */
export interface RecountRun {
  /** Ids sort by the time of the order. */
  readonly id: string;
  readonly status: 'waiting' | 'running' | 'done';
  readonly because: JsonObject;
  readonly by: string;
  readonly at: number;
  readonly notBefore: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** What it counts with. */
  readonly calendarVersion: string | null;
  /** Open cases when it began; 0 before that. */
  readonly total: number;
  readonly checked: number;
  /** Of them: cases of which a date moved. */
  readonly changed: number;
  /** The first that could not be counted, and why. */
  readonly failed: readonly { readonly case: string; readonly number: string; readonly code: string }[];
  /** The last case that was looked at. */
  readonly after: { readonly startedAt: number; readonly id: string } | null;
  /** Once the cases are through: of the dates that the house keeps, how many moved and how far it is. */
  readonly house?: { readonly changed: number; readonly after: string | null };
}

export interface PreviewRecount {
  readonly calendar: WorkCalendar;
  /** `next` of the call before. */
  readonly after?: { readonly startedAt: number; readonly id: string };
  /** At most 100. */
  readonly limit?: number;
}

export interface RecountPreview {
  readonly checked: number;
  readonly affected: readonly {
    readonly case: Pick<CaseRow, 'id' | 'number' | 'title' | 'status'>;
    readonly dates: readonly MovedDate[];
  }[];
  /** More open cases are left behind this one. */
  readonly next?: { readonly startedAt: number; readonly id: string };
}

/** What the date of a case is of, where it is not that of its handling or of a task; `branch`: of a department. */
export type OtherDate = 'acceptance' | 'delivery' | 'supplement' | 'hold' | 'timer' | 'branch';

/** A due date that another calendar moves, or makes certain. */
export interface MovedDate {
  /** Absent: of the handling of the case, or of the task. */
  readonly of?: OtherDate;
  /** '' for the case itself. */
  readonly task: string;
  readonly element: string;
  readonly name: string;
  /** Absent: of the promise. */
  readonly limit?: 'statutory';
  readonly was: number | null;
  readonly is: number | null;
  /** 暂定, before and after. */
  readonly wasProvisional: boolean;
  readonly isProvisional: boolean;
}
