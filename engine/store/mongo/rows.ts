import type {
  CaseRow,
  EventRow,
  IncidentRow,
  JobRow,
  MessageRow,
  Receipt,
  SubscriptionRow,
  TaggedDocument,
  TaskRow,
} from '../ports.ts';
import { listedDates } from '../listed-dates.ts';
import { isUnfinished, NO_DUE } from '../order.ts';
import type {
  CaseDocument,
  HistoryDocument,
  IncidentDocument,
  JobDocument,
  MessageDocument,
  NamedDocument,
  ReceiptDocument,
  SubscriptionDocument,
  TaskDocument,
} from './documents.ts';
import { keyOf, keyOrNull, textOrNull, whole } from './keys.ts';
import { lightFields } from './lights.ts';

export const forGroup = (name: string) => `#${keyOf(name)}`;
export const forPerson = (name: string) => `@${keyOf(name)}`;

export function caseFields(row: CaseRow) {
  return {
    rev: whole(row.rev),
    body: JSON.stringify(row),
    status: keyOf(row.status),
    startedAt: whole(row.startedAt),
    definitionKey: keyOf(row.definitionKey),
    applicant: keyOrNull(row.applicant),
    parent: keyOrNull(row.parent?.caseId),
    number: keyOf(row.number),
    title: keyOf(row.title),
    ...lightFields(row),
  } satisfies Partial<CaseDocument>;
}

export const caseOf = ({ body }: Pick<CaseDocument, 'body'>) => JSON.parse(body) as CaseRow;

/** One document for the events of a step, put there now. */
export function historyOf(caseId: string, events: EventRow[], now: number): HistoryDocument {
  const { seq } = events.at(-1)!;
  return {
    _id: `${keyOf(caseId)}/${seq}`,
    caseId: keyOf(caseId),
    last: whole(seq),
    at: whole(now),
    body: JSON.stringify(events),
  };
}

export function taskFields(task: TaskRow) {
  const dates = listedDates(task);
  return {
    body: JSON.stringify(task),
    caseId: keyOf(task.caseId),
    status: keyOf(task.status),
    unfinished: isUnfinished(task),
    for: [...new Set([...task.groups.map(forGroup), ...task.users.map(forPerson)])],
    department: keyOrNull(task.department),
    assignee: keyOrNull(task.assignee),
    due: whole(dates.dueAt ?? NO_DUE),
    ...lightFields(dates),
    createdAt: whole(task.createdAt),
  } satisfies Partial<TaskDocument>;
}

export const taskOf = ({ body }: Pick<TaskDocument, 'body'>) => JSON.parse(body) as TaskRow;

const OWN_QUEUE = 'own';
export const queueOf = (topic: string | null) => (topic === null ? OWN_QUEUE : `topic ${keyOf(topic)}`);

/** All but the fence, which only ever rises. */
export function jobFields(job: JobRow) {
  return {
    live: true,
    body: JSON.stringify(job),
    queue: queueOf(job.topic),
    at: whole(Math.max(job.dueAt, job.leaseUntil)),
    dueAt: whole(job.dueAt),
    attempts: whole(job.attempts),
    held: job.owner !== null,
    owner: keyOrNull(job.owner),
    leaseUntil: whole(job.leaseUntil),
    lastError: keyOrNull(job.lastError),
  } satisfies Partial<JobDocument>;
}

export function jobOf(document: JobDocument): JobRow {
  return {
    ...(JSON.parse(document.body) as JobRow),
    dueAt: document.dueAt,
    attempts: document.attempts,
    owner: textOrNull(document.owner),
    leaseUntil: document.leaseUntil,
    fence: document.fence,
    lastError: textOrNull(document.lastError),
  };
}

export function subscriptionFields(row: SubscriptionRow) {
  return {
    live: true,
    body: JSON.stringify(row),
    name: keyOf(row.name),
    key: keyOrNull(row.key),
  } satisfies Partial<SubscriptionDocument>;
}

export const subscriptionOf = ({ body }: Pick<SubscriptionDocument, 'body'>) => JSON.parse(body) as SubscriptionRow;

export function incidentFields(row: IncidentRow) {
  return {
    live: true,
    body: JSON.stringify(row),
    definitionKey: keyOf(row.definitionKey),
    caseId: keyOf(row.caseId),
  } satisfies Partial<IncidentDocument>;
}

export const incidentOf = ({ body }: Pick<IncidentDocument, 'body'>) => JSON.parse(body) as IncidentRow;

export function messageDocument(row: MessageRow): MessageDocument {
  return {
    _id: keyOf(row.id),
    name: keyOf(row.name),
    key: keyOrNull(row.key),
    kept: row.consumedBy === null,
    consumedBy: keyOrNull(row.consumedBy),
    jobId: keyOf(row.jobId),
    body: JSON.stringify(row),
  };
}

export function messageOf({ body, consumedBy }: MessageDocument): MessageRow {
  return { ...(JSON.parse(body) as MessageRow), consumedBy: textOrNull(consumedBy) };
}

export function receiptDocument(receipt: Receipt): ReceiptDocument {
  return { _id: keyOf(receipt.key), expiresAt: whole(receipt.expiresAt), body: JSON.stringify(receipt) };
}

export const receiptOf = ({ body }: Pick<ReceiptDocument, 'body'>) => JSON.parse(body) as Receipt;

export function documentFields({ collection, id, document, tags = [] }: TaggedDocument) {
  return {
    collection: keyOf(collection),
    id: keyOf(id),
    body: JSON.stringify(document),
    tags: [...new Set(tags)].map(keyOf),
  } satisfies Partial<NamedDocument>;
}

export const documentId = (collection: string, id: string) => JSON.stringify([collection, id]);
