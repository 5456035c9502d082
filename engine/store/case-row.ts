import type { CaseState, CaseStatus } from '../core/state.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Phase, Phases, SupplementTime } from '../time/phases.ts';
import type { Extension, Hold, HoldReason, Terms } from '../time/terms.ts';
import type { DatedRow } from './dated-row.ts';

export interface CaseRow extends DatedRow {
  id: string;
  rev: number;
  /** 办件编号, what people quote. */
  number: string;
  definitionId: string;
  definitionKey: string;
  definitionVersion: number;
  title: string;
  applicant: string | null;
  department: string | null;
  status: CaseStatus;
  startedAt: number;
  endedAt: number | null;
  /** Null: nothing limits it. */
  calendarVersion: string | null;
  /** How its clock was stopped and extended; absent where it never was. */
  clock?: CaseClock;
  /**
   * The checks that called somebody late of limits that have not moved ahead since, of the case and its tasks. Absent on cases
   * of versions that did not keep it.
   */
  late?: readonly string[];
  /** What the house around the engine keeps with the case, written whole with it; the engine only carries it. */
  annex?: JsonObject;
  incidents: number;
  /** History: number and hash of the last event. */
  lastSeq: number;
  lastHash: string;
  state: CaseState;
  /** On a case that a call activity of another case opened. */
  parent?: CaseParent;
}

/** In the order in which they began. `to` null: the clock stands still. */
export interface CaseClock {
  holds: CaseHold[];
  extensions: CaseExtension[];
  /** Acceptance review, handling, delivery; absent where the model names no milestones: handling runs from the start. */
  phases?: CasePhases;
  /** What departments whose silence is consent were left to answer, also of tasks that have ended: their bars tell by it. */
  consents?: readonly ConsentTime[];
}

/** Until when a department may answer at least (ms), where a count left it less. */
export interface ConsentTime {
  readonly task: string;
  readonly until: number;
  /** It had been called late before: its silence became consent by another version. */
  readonly missed?: true;
}

/** 特别程序. What was held before notices were kept has none. */
export interface CaseHold extends Hold {
  reason: HoldReason;
  /** Of a reason that the administrator has entered: its key and name at that time. */
  local?: { key: string; zh: string; en: string };
  /** Working days that it was expected to take; it does not end by itself. */
  expectedDays?: number;
  /** The written notice to the applicant: its number, and when they were told. */
  notice?: { number: string; toldAt: number };
  /** Of the case that called this one, which is held along with it. Ends as that does. */
  ofCaller?: true;
}

/** 延期. `note` is the reason as the applicant was told. */
export interface CaseExtension extends Extension {
  /** In which `value` was approved; older ones do not tell: it was that of the limit. */
  unit?: Terms['limit']['unit'];
  approvedBy?: string;
  note?: string;
  toldAt?: number;
}

export interface CasePhases extends Phases {
  supplements: readonly Supplement[];
  /** The clocks that have ended, as they stood then; those that ended before this was kept are absent. */
  ended?: { readonly [phase in Phase]?: EndedClock };
}

/** Its dates, and the calendar and the version of the process by which they came out: no later one moves them. */
export interface EndedClock extends Omit<DatedRow, 'held'>, Pick<CaseRow, 'calendarVersion' | 'definitionId'> {}

/** 补正: one notice that names everything, and the answer. */
export interface Supplement extends SupplementTime {
  /** Empty where the process model asks by a task of its own: its form says what. */
  defects: Defect[];
  note?: string;
  /** Why the applicant is told again, though everything had to be told at once. */
  again?: string;
  /** Token of the task of the process model. */
  task?: string;
  answer?: SupplementAnswer;
}

/** A material, and what is wrong with it or that it is missing. */
export interface Defect {
  material: string;
  problem: string;
  /** Name of the field of the application that it is about; then `material` is what the form calls it. */
  field?: string;
}

/** What the applicant handed in. Older answers have neither remedies nor changes. */
export interface SupplementAnswer {
  note?: string;
  /** Those that are for no defect in particular. */
  files: JsonValue[];
  remedies?: Remedy[];
  changes?: ValueChange[];
}

/** What the applicant did about one defect, beside correcting its field. */
export interface Remedy {
  /** Its place in the notice, from 0. */
  defect: number;
  files: JsonValue[];
  /** Their words, where there is nothing to hand in. */
  note?: string;
}

/** A value of the application that was corrected; null where there was none, or is none any more. */
export interface ValueChange {
  field: string;
  before: JsonValue;
  after: JsonValue;
}

/** The call activity that waits for a case: whose, which token of it, and which try (`work`) of that token. */
export interface CaseParent {
  caseId: string;
  token: string;
  node: string;
  work: number;
  /** How many cases stand above. */
  depth: number;
}
