import type { Operation, Remark } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Commit, TaggedDocument } from '../store/ports.ts';

export interface StartCase {
  readonly definitionKey: string;
  /** Newest when absent. */
  readonly version?: number;
  readonly number: string;
  readonly title: string;
  readonly applicant: string | null;
  readonly department: string | null;
  readonly variables: JsonObject;
  readonly startEvent?: string;
  /** Written with the case, whose id is made up for it. */
  readonly documents?: (caseId: string) => readonly TaggedDocument[];
}

export interface CompleteTask {
  readonly taskId: string;
  readonly variables: JsonObject;
  /** Written with the case. */
  readonly documents?: readonly TaggedDocument[];
}

export interface ModifyCase {
  readonly caseId: string;
  readonly operations: readonly Operation[];
  readonly reason: string;
  /** `rev` of the case that the person saw: refused with `case.moved_on` when something has happened since. */
  readonly expectedRev?: number;
}

/** What a modification would do. */
export interface ModificationPreview {
  /** Revision of the case that was looked at. */
  readonly rev: number;
  /** Elements that would be cut short, with all inside them. */
  readonly cancelled: readonly { readonly element: string; readonly name: string; readonly count: number }[];
  /** Elements at which the case would wait anew. */
  readonly reached: readonly { readonly element: string; readonly name: string; readonly count: number }[];
  /** Incidents that would open. */
  readonly incidents: number;
  /** The case would be over. */
  readonly ends: boolean;
  /** What becomes of its clocks, where it is taken to another phase; `element`: its name. */
  readonly notes: readonly Remark[];
}

export interface NoteCase {
  readonly caseId: string;
  /** Refuses (throws a Rejection) or says what goes on record. */
  decide(row: CaseRow, graph: ProcessGraph): CaseNote | Promise<CaseNote>;
  /** The follow-up that notes it: done with this write, or not at all. */
  readonly fence?: Commit['fence'];
}

/** What goes on record with a case and changes nothing of how it runs. */
export interface CaseNote {
  readonly events: readonly { type: string; node?: string; token?: string; data?: JsonObject }[];
  /** The whole of it, as it shall be. */
  readonly annex?: JsonObject;
  readonly documents?: readonly TaggedDocument[];
}
