import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { DatedRow } from './dated-row.ts';

export interface EventRow {
  caseId: string;
  seq: number;
  at: number;
  actor: string;
  type: string;
  node: string | null;
  token: string | null;
  data: JsonObject;
  prevHash: string;
  hash: string;
}

export type TaskStatus = 'open' | 'claimed' | 'completed' | 'cancelled';

export interface TaskRow extends DatedRow {
  id: string;
  caseId: string;
  caseNumber: string;
  caseTitle: string;
  definitionId: string;
  token: string;
  node: string;
  name: string;
  status: TaskStatus;
  /** Candidate groups: departments. */
  groups: string[];
  users: string[];
  department: string | null;
  assignee: string | null;
  form: string | null;
  createdAt: number;
  claimedAt: number | null;
  endedAt: number | null;
  /** When its holder means to look again; absent where the model states none. */
  followUpAt?: number;
  /** Higher is more urgent; absent where the model states none. */
  priority?: number;
  /**
   * The dates of its case, written with the case whenever they change: `listedDates` goes by them. Absent where it has a
   * limit of its own, where neither has one, and once it is finished.
   */
  ofCase?: DatedRow;
}

export interface JobRow {
  id: string;
  caseId: string;
  token: string;
  kind: JobKind;
  /** External jobs: what workers fetch by. Internal jobs: null. */
  topic: string | null;
  node: string;
  dueAt: number;
  attempts: number;
  maxAttempts: number;
  owner: string | null;
  leaseUntil: number;
  fence: number;
  lastError: string | null;
  payload: JsonObject;
}

/** As it is handed to whoever leases it. */
export interface LeasedJob extends JobRow {
  /** The lease before this one ran out: whoever held it is gone, or stood still. */
  lapsed?: true;
}

export type JobKind =
  | 'timer'
  | 'service'
  | 'send'
  | 'deadline'
  | 'external'
  /** Takes a token on from its save point. */
  | 'continue'
  /** Opens the case that a call activity calls; ends it; holds it along; tells the calling case how it went. */
  | 'call'
  | 'cancel-call'
  | 'hold-call'
  | 'return'
  /** Hands out a kept message, and forgets it when its time is over. Of no case. */
  | 'message'
  /** Tells all waiting cases of a signal; tells one of them; opens a case by a timer or signal. */
  | 'signal'
  | 'deliver-signal'
  | 'start'
  /** What the house around the engine does because of an event. */
  | 'follow-up'
  /** Counts the due dates of a page of open cases again. Of no case. */
  | 'recount';

/** A message that is kept until somebody waits for it, and remembered after that until it expires. */
export interface MessageRow {
  id: string;
  name: string;
  key: string | null;
  variables: JsonObject;
  publishedBy: string;
  publishedAt: number;
  expiresAt: number;
  /** Case that took it. */
  consumedBy: string | null;
  /** The job that hands it out. */
  jobId: string;
}

export interface SubscriptionRow {
  id: string;
  caseId: string;
  token: string;
  event: string;
  name: string;
  key: string | null;
  /** Absent: a message. */
  kind?: 'signal';
}

export interface IncidentRow {
  id: string;
  caseId: string;
  caseNumber: string;
  definitionKey: string;
  token: string;
  node: string;
  code: string;
  message: string;
  openedAt: number;
}

export interface DefinitionSummary {
  /** `key:version` */
  id: string;
  key: string;
  version: number;
  name: string;
  /** SHA-256 of the file as uploaded. */
  hash: string;
  deployedAt: number;
  deployedBy: string;
}

export interface DefinitionRow extends DefinitionSummary {
  xml: string;
  /** Files that travel with the version: forms by key, item data. */
  resources: JsonObject;
}

export interface Receipt {
  key: string;
  /** Hash of the request: the same key with another request is refused. */
  fingerprint: string;
  status: number;
  answer: JsonValue;
  expiresAt: number;
}
