/**
 * What the database holds: every collection with its shard key and its indexes, and the query that each index is for.
 * `npm run migrate` creates them, a start refuses without them, docs/mongodb.md is this file in words.
 */
export interface CollectionDeclaration {
  readonly holds: string;
  /** `none`: small, stays on one shard. Every collection works unsharded as well. */
  readonly shardKey: Readonly<Record<string, 'hashed'>> | 'none';
  readonly indexes: readonly IndexDeclaration[];
}

export interface IndexDeclaration {
  readonly name: string;
  /** In order: what is compared for equality, what is sorted by, what is bounded. */
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  readonly sparse?: true;
  /** Fields that its queries compare besides, document by document, on the way along the index. */
  readonly besides?: readonly string[];
  readonly serves: string;
}

const NEWEST = { startedAt: -1, _id: -1 } as const;
const CASE_FILTERS = [
  'status',
  'applicant',
  'definitionKey',
  'parent',
  'groups',
  'clock',
  'yellow',
  'until',
  'statutory',
  'number',
  'title',
];
const TASK_FILTERS = ['for', 'department', 'assignee', 'status', 'clock', 'yellow', 'until', 'statutory'];

export const COLLECTIONS = {
  cases: {
    holds: 'a case, with what its last steps still have to hand on to the other collections (`pending`)',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'case_newest', keys: NEWEST, besides: CASE_FILTERS, serves: 'all cases, newest first; text search' },
      {
        name: 'case_lights',
        keys: { status: 1, ...NEWEST, clock: 1, yellow: 1, until: 1, statutory: 1 },
        besides: CASE_FILTERS,
        serves: 'by status and light; how many are completed',
      },
      { name: 'case_clock', keys: { status: 1, clock: 1, yellow: 1 }, serves: 'counting green, yellow, grey and none' },
      {
        name: 'case_overdue',
        keys: { status: 1, until: 1, statutory: 1 },
        serves: 'past its promise: counting, the longest overdue first',
      },
      {
        name: 'case_statutory',
        keys: { status: 1, statutory: 1 },
        serves: 'past its statutory limit: counting, the longest first',
      },
      { name: 'case_applicant', keys: { applicant: 1, ...NEWEST }, besides: CASE_FILTERS, serves: 'of an applicant' },
      { name: 'case_definition', keys: { definitionKey: 1, ...NEWEST }, besides: CASE_FILTERS, serves: 'of a process' },
      { name: 'case_parent', keys: { parent: 1, ...NEWEST }, besides: CASE_FILTERS, serves: 'called by a case' },
      { name: 'case_groups', keys: { groups: 1, ...NEWEST }, besides: CASE_FILTERS, serves: 'that groups work on' },
      { name: 'case_pending', keys: { pendingRev: 1 }, sparse: true, serves: 'healing: cases with pending entries' },
    ],
  },
  history: {
    holds: 'the events of one commit',
    shardKey: { caseId: 'hashed' },
    indexes: [
      { name: 'history_case', keys: { caseId: 1, last: 1 }, serves: 'events of a case after a number' },
      { name: 'history_at', keys: { at: 1 }, serves: 'what any node wrote lately, for live screens without Redis' },
    ],
  },
  tasks: {
    holds: 'a task as lists show it',
    shardKey: { _id: 'hashed' },
    indexes: [
      {
        name: 'task_for',
        keys: { unfinished: 1, for: 1, due: 1, _id: 1 },
        besides: TASK_FILTERS,
        serves: 'tasks for groups and persons, by due date',
      },
      {
        name: 'task_department',
        keys: { unfinished: 1, department: 1, due: 1, _id: 1, yellow: 1 },
        besides: TASK_FILTERS,
        serves: 'tasks of a department, by due date',
      },
      {
        name: 'task_assignee',
        keys: { unfinished: 1, assignee: 1, due: 1, _id: 1 },
        besides: TASK_FILTERS,
        serves: 'tasks that somebody holds, by due date',
      },
      {
        name: 'task_due',
        keys: { unfinished: 1, due: 1, _id: 1 },
        besides: TASK_FILTERS,
        serves: 'all tasks, by due date',
      },
      {
        name: 'task_clock',
        keys: { unfinished: 1, clock: 1, yellow: 1, department: 1 },
        serves: 'counting green, yellow, grey and none by department',
      },
      {
        name: 'task_until',
        keys: { unfinished: 1, until: 1, department: 1 },
        serves: 'counting by department what is past its promise',
      },
      {
        name: 'task_statutory',
        keys: { unfinished: 1, statutory: 1, department: 1 },
        serves: 'counting by department what is past its statutory limit',
      },
      { name: 'task_case', keys: { caseId: 1, createdAt: 1, _id: 1 }, serves: 'tasks of a case' },
    ],
  },
  jobs: {
    holds: 'a timer or other work, with its lease; a removed one stays a day, so that nothing late brings it back',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'job_at', keys: { queue: 1, at: 1, _id: 1 }, serves: 'what is due in a queue; when the next is due' },
      { name: 'job_gone', keys: { goneAt: 1 }, sparse: true, serves: 'forgetting removed jobs' },
    ],
  },
  subscriptions: {
    holds: 'who waits for a message or signal; a removed one stays a day',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'subscription_name', keys: { name: 1, key: 1, _id: 1 }, serves: 'who waits for a name and key' },
      { name: 'subscription_gone', keys: { goneAt: 1 }, sparse: true, serves: 'forgetting removed subscriptions' },
    ],
  },
  incidents: {
    holds: 'an open incident; a removed one stays a day',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'incident_live', keys: { live: 1, _id: 1 }, serves: 'all open incidents' },
      { name: 'incident_definition', keys: { live: 1, definitionKey: 1, _id: 1 }, serves: 'of a process' },
      { name: 'incident_case', keys: { live: 1, caseId: 1, _id: 1 }, besides: ['definitionKey'], serves: 'of a case' },
      { name: 'incident_gone', keys: { goneAt: 1 }, sparse: true, serves: 'forgetting removed incidents' },
    ],
  },
  messages: {
    holds: 'a kept message, and who took it',
    shardKey: { _id: 'hashed' },
    indexes: [{ name: 'message_kept', keys: { name: 1, key: 1, kept: 1 }, serves: 'kept messages of a name and key' }],
  },
  receipts: {
    holds: 'the answer of an Idempotency-Key; up to a day after it expired',
    shardKey: { _id: 'hashed' },
    indexes: [{ name: 'receipt_expiry', keys: { expiresAt: 1 }, serves: 'forgetting expired answers' }],
  },
  definitions: {
    holds: 'a version of a process, with its XML',
    shardKey: 'none',
    indexes: [
      {
        name: 'definition_version',
        keys: { key: 1, version: -1 },
        unique: true,
        serves: 'versions of a key, newest first',
      },
      {
        name: 'definition_pending',
        keys: { pendingRev: 1 },
        sparse: true,
        serves: 'healing: versions with pending jobs',
      },
    ],
  },
  documents: {
    holds: 'named documents: directory, files, records of data stores',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'document_collection', keys: { collection: 1, id: 1 }, serves: 'documents of a collection, by id' },
      {
        name: 'document_tags',
        keys: { collection: 1, tags: 1, id: 1 },
        serves: 'documents of a collection with a tag, by id',
      },
    ],
  },
  counters: {
    holds: 'the last number given of each counter; when the server was last asked for its time',
    shardKey: 'none',
    indexes: [],
  },
  records: {
    holds: 'a write of no case, from its acknowledgement until its rows are in place',
    shardKey: { _id: 'hashed' },
    indexes: [
      { name: 'record_pending', keys: { pendingRev: 1 }, sparse: true, serves: 'healing: writes with pending entries' },
      { name: 'record_gone', keys: { goneAt: 1 }, sparse: true, serves: 'forgetting writes that were called off' },
    ],
  },
} as const satisfies Record<string, CollectionDeclaration>;

export type CollectionName = keyof typeof COLLECTIONS;

/** Names with their declarations, widened. */
export const DECLARED = Object.entries(COLLECTIONS) as [CollectionName, CollectionDeclaration][];
