import { uncertainDates } from '../../engine/index.ts';
import type { TaskRow } from '../../engine/store/ports.ts';
import type { DueDate, Span } from '../../engine/time/index.ts';

/** When a department has to be done with what its steps promise. */
export type BranchDue = Pick<DueDate, 'dueAt' | 'yellowAt' | 'provisional'>;

/** When a party had one of its tasks in hand. */
export interface TaskSpan extends Span {
  readonly task: TaskRow;
}

export const NO_DATE: BranchDue = { dueAt: null, yellowAt: null, provisional: false };

/**
 * When a department is due: when what its steps promise together ends, but no sooner than any step that it began while none
 * had been late. So whoever is in time with each is in time, however their limits add up. What steps ahead promise makes good
 * no lateness by itself: once all that it had were late, it was due with the last of these. Null while it is held.
 * `sum`: the end of all that they promise. `decisive`: the step whose date it is instead.
 */
export function branchDue(
  promised: readonly TaskSpan[],
  sum: BranchDue,
  at: number,
): { due: BranchDue; decisive?: TaskRow } {
  const allLate = promised.every(isLate);
  const firstLate = Math.min(...promised.filter((span) => wasLate(span, at)).map(({ task }) => task.dueAt!));
  const latest = latestOf(allLate ? promised : promised.filter(({ from }) => from <= firstLate));
  if (!latest || dateOf(latest) === sum.dueAt) return { due: sum };
  const isDecisive = allLate || (sum.dueAt !== null && dateOf(latest) > sum.dueAt);
  return isDecisive ? datedAs(latest.task) : { due: sum };
}

/** By its end; what goes on is not late yet. */
export const isLate = ({ to, task }: TaskSpan): boolean => to !== null && wasLate({ to, task }, to);

/** By its end, or, while it goes on, by now. */
function wasLate({ to, task }: Pick<TaskSpan, 'to' | 'task'>, now: number): boolean {
  return task.dueAt !== null && (to ?? now) > task.dueAt;
}

/** One that is held has time beyond any date; one that ended so had none. */
function dateOf({ to, task }: TaskSpan): number {
  return task.dueAt ?? (to === null ? Infinity : 0);
}

function latestOf(spans: readonly TaskSpan[]): TaskSpan | undefined {
  return [...spans].sort((a, b) => dateOf(a) - dateOf(b)).at(-1);
}

function datedAs(task: TaskRow): { due: BranchDue; decisive: TaskRow } {
  const { dueAt, yellowAt } = task;
  return { due: { dueAt, yellowAt, provisional: uncertainDates(task).promise }, decisive: task };
}
