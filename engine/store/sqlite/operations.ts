import type { JsonObject } from '../../kernel/json.ts';
import type {
  CaseQuery,
  Commit,
  DefinitionRow,
  DocumentQuery,
  IncidentQuery,
  JobClaim,
  OverdueQuery,
  Receipt,
  RecordCommit,
  TaskQuery,
} from '../ports.ts';
import { MOST_COUNTED } from '../order.ts';
import { countActiveCases, findCase, listCases, listEvents, listOverdueCases } from './case-queries.ts';
import { applyCommit, applyJobs, applyRecords } from './commit.ts';
import type { Database } from './driver.ts';
import { claimDueJobs, findJob, nextJobAt, rescheduleJob } from './jobs.ts';
import { countCases } from './lights.ts';
import { findMessage, wakeMessagesNamed } from './messages.ts';
import * as receipts from './receipts.ts';
import * as records from './records.ts';
import { countLights, findTask, listTasks, listTasksOfCase } from './task-queries.ts';

/** JSON of the answer, or undefined for "none". */
export type Answer = string | undefined;

export interface Written {
  answer: Answer;
  /** False: nothing was written, there is nothing to keep. */
  changed: boolean;
  /** False: losing it in a power cut harms nobody, so it waits for the next durable write instead of the disk. */
  durable?: boolean;
}

const list = (rows: string[]): string => `[${rows.join(',')}]`;
const json = (value: unknown): Answer => (value === undefined ? undefined : JSON.stringify(value));

/* The signatures differ by operation; the facade, which is typed by the port, is the only caller. */
export const reads = {
  findCase,
  listCases: (db: Database, query: CaseQuery) => list(listCases(db, query)),
  listOverdueCases: (db: Database, query: OverdueQuery) => list(listOverdueCases(db, query)),
  countActiveCases: (db: Database) => json(countActiveCases(db)),
  listEvents: (db: Database, id: string, afterSeq: number, limit: number) => json(listEvents(db, id, afterSeq, limit)),
  findTask,
  listTasks: (db: Database, query: TaskQuery) => list(listTasks(db, query)),
  listTasksOfCase: (db: Database, caseId: string) => json(listTasksOfCase(db, caseId)),
  countLights: (db: Database, now: number) => json(countLights(db, now)),
  countCases: (db: Database, now: number) => json(countCases(db, now, MOST_COUNTED)),
  findJob: (db: Database, id: string) => json(findJob(db, id)),
  nextJobAt: (db: Database) => json(nextJobAt(db)),
  findSubscriptions: (db: Database, ...args: Tail<typeof records.findSubscriptions>) =>
    list(records.findSubscriptions(db, ...args)),
  findMessage,
  listIncidents: (db: Database, query: IncidentQuery) => list(records.listIncidents(db, query)),
  findIncident: records.findIncident,
  findDefinition: records.findDefinition,
  latestDefinition: records.latestDefinition,
  listDefinitions: (db: Database, key: string | null) => list(records.listDefinitions(db, key ?? undefined)),
  getDocument: records.getDocument,
  listDocuments: (db: Database, collection: string) => list(records.listDocuments(db, collection)),
  findDocuments: (db: Database, query: DocumentQuery) => list(records.findDocuments(db, query)),
};

export const writes = {
  commit: (db: Database, commit: Commit): Written => {
    const result = applyCommit(db, commit);
    return { answer: JSON.stringify(result), changed: result === 'ok' };
  },
  commitRecords: (db: Database, commit: RecordCommit): Written => {
    const result = applyRecords(db, commit);
    return { answer: JSON.stringify(result), changed: result === 'ok' };
  },
  /** Leases of this process die with it; those of outside workers must survive, or a fence would be given twice. */
  claimDueJobs: (db: Database, claim: JobClaim): Written => {
    const jobs = claimDueJobs(db, claim);
    return { answer: JSON.stringify(jobs), changed: jobs.length > 0, durable: claim.topics !== undefined };
  },
  rescheduleJob: (db: Database, ...args: Tail<typeof rescheduleJob>): Written => yesOrNo(rescheduleJob(db, ...args)),
  addDefinition: (
    db: Database,
    definition: DefinitionRow,
    jobs?: Commit['jobs'] | null,
    starts?: string[],
  ): Written => {
    const added = records.addDefinition(db, definition);
    if (added && jobs) applyJobs(db, jobs);
    if (added) starts?.forEach((name) => wakeMessagesNamed(db, name));
    return yesOrNo(added);
  },
  findReceipt: (db: Database, key: string, now: number): Written => {
    const answer = receipts.findReceipt(db, key, now);
    return { answer, changed: receipts.removeExpired(db, key, now) > 0, durable: false };
  },
  addReceipt: (db: Database, receipt: Receipt): Written => yesOrNo(receipts.insertReceipt(db, receipt)),
  putDocument: (
    db: Database,
    collection: string,
    id: string,
    document: JsonObject,
    tags?: string[] | null,
  ): Written => {
    records.putDocument(db, { collection, id, document, tags: tags ?? [] });
    return { answer: undefined, changed: true };
  },
  /** Answers the number before the first one reserved. */
  reserveNumbers: (db: Database, counter: string, count: number): Written => {
    const last = records.counterValue(db, counter);
    records.setCounter(db, counter, last + count);
    return { answer: String(last), changed: true };
  },
  setCounter: (db: Database, name: string, value: number): Written => {
    records.setCounter(db, name, value);
    return { answer: undefined, changed: true };
  },
};

type Tail<F> = F extends (db: Database, ...args: infer A) => unknown ? A : never;

function yesOrNo(done: boolean): Written {
  return { answer: JSON.stringify(done), changed: done };
}

export type ReadName = keyof typeof reads;
export type WriteName = keyof typeof writes;
