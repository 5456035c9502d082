import type { Collection, Db } from './driver.ts';
import type { LightFields } from './lights.ts';

/** Rows are kept as JSON text in `body`; the fields beside it are those that queries compare, as keys (see keys.ts). */

/** Rows of a step that are not yet in their collections. */
export interface Pending {
  rev: number;
  nonce: string;
  /** Jobs that this step removes: nobody may act on them although their rows are still there. */
  gone: string[];
  /** Of the documents in `body`, each at its own (see turns.ts). Absent: written by a version that took none. */
  turns?: number[];
  body: string;
}

/** Which write keeps a row to itself, until it landed or is known to be lost. */
export interface Hold {
  nonce: string;
  anchor: 'cases' | 'records';
  id: string;
  /** What the case's rev must be for the write to land. */
  rev: number;
  at: number;
}

export interface Anchor {
  _id: string;
  rev: number;
  pending?: Pending[];
  /** Set while something is pending. */
  pendingRev?: number;
  /** Nonces of writes that may not land any more. */
  barred?: string[];
}

export interface CaseDocument extends Anchor, LightFields {
  body: string;
  status: string;
  startedAt: number;
  definitionKey: string;
  applicant: string | null;
  parent: string | null;
  number: string;
  title: string;
  /** Groups that have or had a task. */
  groups: string[];
  /** Idempotency keys of this case that have their answer, shortened. */
  answered?: string[];
}

export interface HistoryDocument {
  _id: string;
  caseId: string;
  last: number;
  /** When it was put here. */
  at: number;
  body: string;
}

/** A row that a case puts again and again: `src` and `rev` say which write put it last. */
interface Projected {
  _id: string;
  src: string;
  rev: number;
  body: string;
}

/** Stays for a while after its removal. */
interface Removable extends Projected {
  live: boolean;
  goneAt?: number;
}

export interface TaskDocument extends Projected, LightFields {
  caseId: string;
  status: string;
  unfinished: boolean;
  /** Groups and persons that may take it. */
  for: string[];
  department: string | null;
  assignee: string | null;
  /** The promise of `listedDates`, by which lists are sorted. */
  due: number;
  createdAt: number;
}

export interface JobDocument extends Removable {
  queue?: string;
  /** When it can be claimed: the later of due date and end of lease. */
  at?: number;
  dueAt: number;
  attempts: number;
  held: boolean;
  owner: string | null;
  leaseUntil: number;
  fence: number;
  lastError: string | null;
  /** The last claim that leased it. */
  claim?: string;
  hold?: Hold;
}

export interface SubscriptionDocument extends Removable {
  name?: string;
  key?: string | null;
}

export interface IncidentDocument extends Removable {
  definitionKey: string;
  caseId: string;
}

export interface MessageDocument {
  _id: string;
  name: string;
  key: string | null;
  kept: boolean;
  /** Not written yet: its write holds the id only. */
  hidden?: true;
  consumedBy: string | null;
  jobId: string;
  body: string;
  hold?: Hold;
}

export interface ReceiptDocument {
  _id: string;
  expiresAt: number;
  body: string;
  hold?: Hold;
}

export interface DefinitionDocument extends Anchor {
  key: string;
  version: number;
  summary: string;
  xml: string;
  resources: string;
}

/** Nothing but its turns until the first write is in it. */
export interface NamedDocument {
  _id: string;
  collection?: string;
  id?: string;
  body?: string;
  tags?: string[];
  /** How many turns were taken at it (see turns.ts), and that of the write which is in it. */
  turns?: number;
  turn?: number;
}

export interface CounterDocument {
  _id: string;
  value?: number;
  /** Of the one that asks for the server's time. */
  at?: Date;
}

export interface RecordDocument extends Anchor {
  goneAt?: number;
}

export interface Collections {
  readonly cases: Collection<CaseDocument>;
  readonly history: Collection<HistoryDocument>;
  readonly tasks: Collection<TaskDocument>;
  readonly jobs: Collection<JobDocument>;
  readonly subscriptions: Collection<SubscriptionDocument>;
  readonly incidents: Collection<IncidentDocument>;
  readonly messages: Collection<MessageDocument>;
  readonly receipts: Collection<ReceiptDocument>;
  readonly definitions: Collection<DefinitionDocument>;
  readonly documents: Collection<NamedDocument>;
  readonly counters: Collection<CounterDocument>;
  readonly records: Collection<RecordDocument>;
}

export function collectionsOf(db: Db): Collections {
  return {
    cases: db.collection('cases'),
    history: db.collection('history'),
    tasks: db.collection('tasks'),
    jobs: db.collection('jobs'),
    subscriptions: db.collection('subscriptions'),
    incidents: db.collection('incidents'),
    messages: db.collection('messages'),
    receipts: db.collection('receipts'),
    definitions: db.collection('definitions'),
    documents: db.collection('documents'),
    counters: db.collection('counters'),
    records: db.collection('records'),
  };
}
