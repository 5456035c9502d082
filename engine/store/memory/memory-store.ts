import type { JsonObject } from '../../kernel/json.ts';
import type {
  CaseCounts,
  CaseQuery,
  CaseRow,
  Commit,
  CommitResult,
  DefinitionRow,
  DefinitionSummary,
  DocumentQuery,
  EventRow,
  IncidentQuery,
  IncidentRow,
  JobClaim,
  JobRow,
  LeasedJob,
  LightCount,
  MessageRow,
  OverdueQuery,
  Receipt,
  RecordCommit,
  Store,
  SubscriptionRow,
  TaskQuery,
  TaskRow,
} from '../ports.ts';
import { closedRejection } from '../refusals.ts';
import { lightOf } from '../../time/light.ts';
import { listedDates } from '../listed-dates.ts';
import { compareText, isUnfinished, MOST_COUNTED, noLights } from '../order.ts';
import {
  applyCommit,
  applyJobs,
  applyRecords,
  copy,
  emptyTables,
  putDocument,
  wakeMessages,
  type Tables,
} from './tables.ts';
import { claimJobs, nextJobDue } from './jobs.ts';
import { selectCases, selectOverdueCases, selectTasks } from './lists.ts';

/**
 * Everything in this process's memory, with the semantics of a durable store except durability: rows are copied on the
 * way in and on the way out. For tests and for measuring the engine without a disk.
 */
export function memoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly description = 'memory (nothing is kept)';
  readonly #tables = emptyTables();
  #closed = false;

  async commit(commit: Commit): Promise<CommitResult> {
    return applyCommit(this.#open(), commit);
  }

  async commitRecords(records: RecordCommit): Promise<CommitResult> {
    return applyRecords(this.#open(), records);
  }

  async findCase(id: string): Promise<CaseRow | undefined> {
    return copy(this.#open().cases.get(id));
  }

  async listCases(query: CaseQuery): Promise<CaseRow[]> {
    return copy(selectCases(this.#open(), query));
  }

  async countActiveCases(): Promise<number> {
    return [...this.#open().cases.values()].filter(({ status }) => status === 'active').length;
  }

  async listEvents(caseId: string, afterSeq: number, limit: number): Promise<EventRow[]> {
    const events = this.#open().events.get(caseId) ?? [];
    return copy(events.filter((event) => event.seq > afterSeq).slice(0, limit));
  }

  async findTask(id: string): Promise<TaskRow | undefined> {
    return copy(this.#open().tasks.get(id));
  }

  async listTasks(query: TaskQuery): Promise<TaskRow[]> {
    return copy(selectTasks(this.#open(), query));
  }

  async listTasksOfCase(caseId: string): Promise<TaskRow[]> {
    const { tasks, tasksOfCase } = this.#open();
    const rows = [...(tasksOfCase.get(caseId) ?? [])].map((id) => tasks.get(id)!);
    return copy(rows.sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id)));
  }

  async countLights(now: number): Promise<LightCount[]> {
    const counts = new Map<string, LightCount>();
    for (const task of this.#open().tasks.values()) {
      if (!isUnfinished(task)) continue;
      const department = task.department ?? '';
      const count = counts.get(department) ?? { department, ...noLights() };
      count[lightOf(listedDates(task), now)]++;
      counts.set(department, count);
    }
    return [...counts.values()].sort((a, b) => compareText(a.department, b.department));
  }

  async listOverdueCases(query: OverdueQuery): Promise<CaseRow[]> {
    return copy(selectOverdueCases(this.#open(), query));
  }

  async countCases(now: number): Promise<CaseCounts> {
    const counts = { ...noLights(), completed: 0 };
    for (const row of this.#open().cases.values()) {
      if (row.status === 'active') counts[lightOf(row, now)]++;
      else if (row.status === 'completed') counts.completed++;
    }
    return { ...counts, completed: Math.min(counts.completed, MOST_COUNTED) };
  }

  async findJob(id: string): Promise<JobRow | undefined> {
    return copy(this.#open().jobs.get(id));
  }

  async claimDueJobs(claim: JobClaim): Promise<LeasedJob[]> {
    return copy(claimJobs(this.#open(), claim));
  }

  async rescheduleJob(
    id: string,
    fence: number,
    change: { dueAt: number; leaseUntil?: number; attempts?: number; lastError?: string },
  ): Promise<boolean> {
    const job = this.#open().jobs.get(id);
    if (job?.owner == null || job.fence !== fence) return false;
    job.dueAt = change.dueAt;
    job.leaseUntil = change.leaseUntil ?? 0;
    if (change.leaseUntil === undefined) job.owner = null;
    if (change.attempts !== undefined) job.attempts = change.attempts;
    if (change.lastError !== undefined) job.lastError = change.lastError;
    return true;
  }

  async nextJobAt(): Promise<number | undefined> {
    return nextJobDue(this.#open());
  }

  async findSubscriptions(
    name: string,
    key: string | null,
    page?: { after: string; limit: number },
  ): Promise<SubscriptionRow[]> {
    const rows = [...this.#open().subscriptions.values()].filter((row) => row.name === name && row.key === key);
    rows.sort((a, b) => compareText(a.id, b.id));
    return copy(page ? rows.filter((row) => compareText(row.id, page.after) > 0).slice(0, page.limit) : rows);
  }

  async findMessage(id: string): Promise<MessageRow | undefined> {
    return copy(this.#open().messages.get(id));
  }

  async listIncidents(query: IncidentQuery): Promise<IncidentRow[]> {
    const { definitionKey, caseId, after, limit } = query;
    const rows = [...this.#open().incidents.values()].filter(
      (row) =>
        (definitionKey === undefined || row.definitionKey === definitionKey) &&
        (caseId === undefined || row.caseId === caseId) &&
        (after === undefined || compareText(row.id, after) > 0),
    );
    return copy(rows.sort((a, b) => compareText(a.id, b.id)).slice(0, limit));
  }

  async findIncident(id: string): Promise<IncidentRow | undefined> {
    return copy(this.#open().incidents.get(id));
  }

  async addDefinition(
    definition: DefinitionRow,
    jobs?: Commit['jobs'],
    starts: readonly string[] = [],
  ): Promise<boolean> {
    const { definitions } = this.#open();
    for (const known of definitions.values()) {
      if (known.id === definition.id) return false;
      if (known.key === definition.key && known.version === definition.version) return false;
    }
    definitions.set(definition.id, copy(definition));
    if (jobs) applyJobs(this.#open(), copy(jobs));
    wakeMessages(this.#open(), ({ name }) => starts.includes(name));
    return true;
  }

  async findDefinition(id: string): Promise<DefinitionRow | undefined> {
    return copy(this.#open().definitions.get(id));
  }

  async latestDefinition(key: string): Promise<DefinitionSummary | undefined> {
    const latest = this.#versions(key)[0];
    return latest && summaryOf(latest);
  }

  async listDefinitions(key?: string): Promise<DefinitionSummary[]> {
    const keys = new Set([...this.#open().definitions.values()].map((row) => row.key));
    const rows =
      key !== undefined ? this.#versions(key) : [...keys].sort(compareText).map((one) => this.#versions(one)[0]!);
    return rows.map(summaryOf);
  }

  async findReceipt(key: string, now: number): Promise<Receipt | undefined> {
    const { receipts } = this.#open();
    const receipt = receipts.get(key);
    if (receipt && receipt.expiresAt <= now) receipts.delete(key);
    else return copy(receipt);
  }

  async addReceipt(receipt: Receipt): Promise<boolean> {
    const { receipts } = this.#open();
    if (receipts.has(receipt.key)) return false;
    receipts.set(receipt.key, copy(receipt));
    return true;
  }

  async getDocument(collection: string, id: string): Promise<JsonObject | undefined> {
    return copy(this.#open().documents.get(collection)?.get(id)?.document);
  }

  async putDocument(collection: string, id: string, document: JsonObject, tags?: readonly string[]): Promise<void> {
    putDocument(this.#open(), copy({ collection, id, document, ...(tags && { tags }) }));
  }

  async listDocuments(collection: string): Promise<{ id: string; document: JsonObject }[]> {
    const rows = [...(this.#open().documents.get(collection) ?? [])].map(([id, { document }]) => ({ id, document }));
    return copy(rows.sort((a, b) => compareText(a.id, b.id)));
  }

  async findDocuments({ collection, tag, before, limit }: DocumentQuery) {
    const rows = [...(this.#open().documents.get(collection) ?? [])]
      .filter(([, { tags }]) => tag === undefined || tags.includes(tag))
      .filter(([id]) => before === undefined || compareText(id, before) < 0)
      .map(([id, { document }]) => ({ id, document }));
    return copy(rows.sort((a, b) => compareText(b.id, a.id)).slice(0, limit));
  }

  async nextNumber(counter: string): Promise<number> {
    const { counters } = this.#open();
    const number = (counters.get(counter) ?? 0) + 1;
    counters.set(counter, number);
    return number;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): Tables {
    if (this.#closed) throw closedRejection();
    return this.#tables;
  }

  /** Newest first. */
  #versions(key: string): DefinitionRow[] {
    const rows = [...this.#open().definitions.values()].filter((row) => row.key === key);
    return rows.sort((a, b) => b.version - a.version);
  }
}

function summaryOf({ xml: _xml, resources: _resources, ...summary }: DefinitionRow): DefinitionSummary {
  return copy(summary);
}
