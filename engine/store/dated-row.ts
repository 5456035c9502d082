import type { Hold, Terms } from '../time/terms.ts';

/** What a case and its tasks keep of the two dates until which they are due. */
export interface DatedRow {
  /** Promise: computed from start, limit and calendar; null when none is stated, and while it is held. */
  dueAt: number | null;
  yellowAt: number | null;
  /** When the statutory limit ends; null when none is stated, and while it is held. */
  statutoryAt: number | null;
  /** True when a due date lies beyond the calendar's coverage: the case has to be counted again some day. */
  provisional: boolean;
  /** Absent where there is nothing to note. */
  dateNotes?: DateNotes;
  /** The clock of the case stands still; absent where it runs. */
  held?: true;
}

/** What tells how the due dates stand where the terms that they were counted from are not at hand, as in lists. */
export interface DateNotes {
  /** The promise lies within the calendar's coverage; the statutory date alone lies beyond it. */
  promiseCertain?: true;
  /** Of the limit; absent: working days. */
  unit?: Terms['limit']['unit'];
  /** Counted to the moment, from here on; absent: days count whole, hours from the start. */
  exactFrom?: number;
  /** Rows of older stores say so where the unit is working hours. */
  inHours?: true;
  /** When the clock stood still after the first of the dates; `to` null: it does so now. */
  stoodStill?: Pick<Hold, 'from' | 'to'>[];
}
