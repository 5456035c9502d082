import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CaseRow,
  Commit,
  DefinitionRow,
  EventRow,
  IncidentRow,
  JobRow,
  MessageRow,
  Receipt,
  Store,
  SubscriptionRow,
  TaskRow,
} from '../../engine/store/ports.ts';

/** Monday 2 November 2026, 09:00 in Shanghai. */
export const NINE = Date.UTC(2026, 10, 2, 1);

let count = 0;
const nextId = (prefix: string): string => `${prefix}-${String(++count).padStart(8, '0')}`;

export function aCase(change: Partial<CaseRow> = {}): CaseRow {
  const id = change.id ?? nextId('case');
  return {
    id,
    rev: 1,
    number: `2026-${id}`,
    definitionId: '存量房交易:1',
    definitionKey: '存量房交易',
    definitionVersion: 1,
    title: '存量房交易一件事',
    applicant: 'zhang',
    department: '不动产登记中心',
    status: 'active',
    startedAt: NINE,
    endedAt: null,
    dueAt: null,
    yellowAt: null,
    statutoryAt: null,
    provisional: false,
    calendarVersion: 'cn-2026',
    incidents: 0,
    lastSeq: 0,
    lastHash: '',
    state: {
      format: 1,
      status: 'active',
      seq: 1,
      scopes: { '0': { id: '0', node: '', kind: 'process', variables: {}, live: 1 } },
      tokens: { '1': { id: '1', node: '受理', scope: '0', wait: 'task', since: NINE } },
    },
    ...change,
  };
}

export function aTask(change: Partial<TaskRow> = {}): TaskRow {
  const caseId = change.caseId ?? nextId('case');
  return {
    id: nextId('task'),
    caseId,
    caseNumber: `2026-${caseId}`,
    caseTitle: '存量房交易一件事',
    definitionId: '存量房交易:1',
    token: '1',
    node: '受理',
    name: '受理申请',
    status: 'open',
    groups: ['不动产登记中心'],
    users: [],
    department: '不动产登记中心',
    assignee: null,
    form: null,
    createdAt: NINE,
    claimedAt: null,
    endedAt: null,
    dueAt: null,
    yellowAt: null,
    statutoryAt: null,
    provisional: false,
    ...change,
  };
}

export function aJob(change: Partial<JobRow> = {}): JobRow {
  return {
    id: nextId('job'),
    caseId: change.caseId ?? nextId('case'),
    token: '1',
    kind: 'timer',
    topic: null,
    node: '等待',
    dueAt: NINE,
    attempts: 0,
    maxAttempts: 3,
    owner: null,
    leaseUntil: 0,
    fence: 0,
    lastError: null,
    payload: {},
    ...change,
  };
}

export function anEvent(change: Partial<EventRow> = {}): EventRow {
  const seq = change.seq ?? 1;
  return {
    caseId: change.caseId ?? nextId('case'),
    seq,
    at: NINE,
    actor: 'zhang',
    type: 'element.entered',
    node: '受理',
    token: '1',
    data: {},
    prevHash: seq === 1 ? '' : `hash-${seq - 1}`,
    hash: `hash-${seq}`,
    ...change,
  };
}

/** Events from `first` to `last`, chained. */
export function events(caseId: string, first: number, last: number): EventRow[] {
  return Array.from({ length: last - first + 1 }, (_, i) => anEvent({ caseId, seq: first + i }));
}

export function aSubscription(change: Partial<SubscriptionRow> = {}): SubscriptionRow {
  return {
    id: nextId('sub'),
    caseId: change.caseId ?? nextId('case'),
    token: '1',
    event: '补正通知',
    name: '补正材料已交',
    key: null,
    ...change,
  };
}

export function aMessage(change: Partial<MessageRow> = {}): MessageRow {
  const id = change.id ?? nextId('message');
  return {
    id,
    name: '补正材料已交',
    key: null,
    variables: {},
    publishedBy: 'zhang',
    publishedAt: NINE,
    expiresAt: NINE + 3_600_000,
    consumedBy: null,
    jobId: `job-of-${id}`,
    ...change,
  };
}

export function anIncident(change: Partial<IncidentRow> = {}): IncidentRow {
  const caseId = change.caseId ?? nextId('case');
  return {
    id: nextId('incident'),
    caseId,
    caseNumber: `2026-${caseId}`,
    definitionKey: '存量房交易',
    token: '1',
    node: '核税',
    code: 'job.attempts_exhausted',
    message: 'Expected to reach the tax service, but it did not answer',
    openedAt: NINE,
    ...change,
  };
}

export function aDefinition(change: Partial<DefinitionRow> = {}): DefinitionRow {
  const key = change.key ?? nextId('process');
  const version = change.version ?? 1;
  return {
    id: `${key}:${version}`,
    key,
    version,
    name: '存量房交易一件事',
    hash: `sha-${version}`,
    deployedAt: NINE,
    deployedBy: 'designer',
    xml: `<definitions id="v${version}"/>`,
    resources: {},
    ...change,
  };
}

export function aReceipt(change: Partial<Receipt> = {}): Receipt {
  return {
    key: nextId('key'),
    fingerprint: 'f1',
    status: 200,
    answer: { ok: true },
    expiresAt: NINE + 7 * 86_400_000,
    ...change,
  };
}

/** A commit of the case alone; a case of rev n expects rev n - 1 unless told otherwise. */
export function aCommit(change: Partial<Commit> & { case?: CaseRow } = {}): Commit {
  const row = change.case ?? aCase(change.caseId === undefined ? {} : { id: change.caseId });
  return {
    caseId: row.id,
    expectedRev: row.rev - 1,
    case: row,
    events: [],
    tasks: [],
    jobs: { put: [], remove: [] },
    subscriptions: { put: [], remove: [] },
    incidents: { put: [], remove: [] },
    ...change,
  };
}

const open = new Set<Store>();
const directories: string[] = [];

/** Remembers a store so that `closeStores` closes it even when the test fails half way. */
export function track<S extends Store>(store: S): S {
  open.add(store);
  return store;
}

export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'onevisit-'));
  directories.push(directory);
  return directory;
}

/** For `afterEach`: closes what the test left open (closing twice is allowed) and removes its directories. */
export async function closeStores(): Promise<void> {
  for (const store of open) await store.close();
  open.clear();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}
