import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Limit } from '../model/graph.ts';
import type { Defect, Remedy, TaggedDocument } from '../store/ports.ts';
import type { HoldReason } from '../time/index.ts';

export interface HoldCase {
  readonly caseId: string;
  readonly reason: HoldReason;
  /** With reason `local`: which of those that the administrator has entered. */
  readonly local?: { readonly key: string; readonly zh: string; readonly en: string };
  /** Legal basis: that of the law's eight reasons when absent; needed for any other. */
  readonly basis?: string;
  /** Working days that it is expected to take, told to the applicant; 1 to 365. */
  readonly expectedDays: number;
  /** The written notice: its number, and when the applicant was told (now when absent). */
  readonly notice: { readonly number: string; readonly toldAt?: number };
  /** Why, as told to the applicant. */
  readonly note: string;
}

export interface ResumeCase {
  readonly caseId: string;
  /** Of the hold that ends. */
  readonly reason: HoldReason;
  /** Key of a reason that the administrator has entered. */
  readonly local?: string;
  readonly note: string;
}

export interface ExtendCase {
  readonly caseId: string;
  /** In the unit of the case's limit. */
  readonly value: number;
  /** The longest that the law allows here. */
  readonly most: number;
  /** Head of the authority, or of the government for joint handling, who approved it. */
  readonly approvedBy?: string;
  readonly basis?: string;
  readonly note: string;
}

export interface NoticeSupplement {
  readonly caseId: string;
  /** Everything that is missing or wrong. */
  readonly defects: readonly Defect[];
  /** The applicant's own time, from the notice on. */
  readonly limit: Limit;
  readonly note?: string;
  /** Why there is a second notice; needed for any but the first. */
  readonly again?: string;
}

export interface AnswerSupplement {
  readonly caseId: string;
  readonly note?: string;
  /** What the house knows about each file that is for no defect in particular. */
  readonly files: readonly JsonValue[];
  /** What was done about single defects. */
  readonly remedies?: readonly Remedy[];
  /** Values of the application that are corrected. */
  readonly variables: JsonObject;
  /** Written with the case. */
  readonly documents?: readonly TaggedDocument[];
}
