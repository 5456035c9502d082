import { compareText } from '../order.ts';
import type { CaseRow, Commit, TaskRow } from '../ports.ts';
import type { CommitText } from './commit-text.ts';

/** The most tasks a case may have to be remembered. */
const TASKS = 64;
/** The most tokens: a larger row costs more to keep with each commit than the way to the store's thread when it is read. */
const TOKENS = 500;

interface Remembered {
  readonly rev: number;
  /** As JSON, like each task: callers may change what they gave and what they get. */
  readonly row: string;
  readonly tasks: ReadonlyMap<string, string>;
  /** Since the case began: all tasks it ever had are here. */
  readonly whole: boolean;
  /** It called other cases meanwhile. */
  called: boolean;
}

/**
 * Rows that were written lately, on the calling side. What has just been written is what is read next (open, claim,
 * complete), and the way to the store's thread and back costs more than everything else in such a read. No other process
 * writes here (store.lock), so what was written last is what the store holds.
 */
export class RecentRows {
  readonly #capacity: number;
  readonly #cases = new Map<string, Remembered>();
  /** Case of each task. */
  readonly #caseOf = new Map<string, string>();

  /** `capacity`: in cases. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** After a commit is durable. */
  written({ caseId, expectedRev, case: row, tasks }: Commit, text: CommitText): void {
    const before = this.#cases.get(caseId);
    if (before && before.rev >= row.rev) return;
    this.#cases.delete(caseId);
    const merged = new Map(before?.tasks);
    for (const [at, { id }] of tasks.entries()) merged.set(id, text.tasks[at]!);
    if (merged.size > TASKS || isLarge(row)) return this.#forgetTasks(merged);
    for (const { id } of tasks) this.#caseOf.set(id, caseId);
    const whole = before?.whole ?? expectedRev === 0;
    this.#cases.set(caseId, {
      rev: row.rev,
      row: text.row,
      tasks: merged,
      whole,
      called: before?.called ?? false,
    });
    const caller = row.parent && this.#cases.get(row.parent.caseId);
    if (caller) caller.called = true;
    if (this.#cases.size > this.#capacity) this.#forgetOldest();
  }

  /** Undefined: not remembered, the store may have it. */
  findCase(id: string): CaseRow | undefined {
    return read<CaseRow>(this.#cases.get(id)?.row);
  }

  findTask(id: string): TaskRow | undefined {
    const caseId = this.#caseOf.get(id);
    return read<TaskRow>(this.#cases.get(caseId ?? '')?.tasks.get(id));
  }

  /** Oldest first, as the port says; undefined when not all are known. */
  listTasksOfCase(id: string): TaskRow[] | undefined {
    const remembered = this.#cases.get(id);
    if (!remembered?.whole) return undefined;
    const tasks = Array.from(remembered.tasks.values(), (text) => JSON.parse(text) as TaskRow);
    return tasks.sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id));
  }

  /** True: the case is known not to have called another. */
  calledNone(id: string): boolean {
    const remembered = this.#cases.get(id);
    return remembered?.whole === true && !remembered.called;
  }

  #forgetOldest(): void {
    const [id, { tasks }] = this.#cases.entries().next().value!;
    this.#cases.delete(id);
    this.#forgetTasks(tasks);
  }

  #forgetTasks(tasks: ReadonlyMap<string, string>): void {
    for (const id of tasks.keys()) this.#caseOf.delete(id);
  }
}

function isLarge({ state }: CaseRow): boolean {
  return Object.keys(state.tokens).length > TOKENS;
}

function read<Row>(text: string | undefined): Row | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Row);
}
