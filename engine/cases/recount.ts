import { moveTimers, type CaseState, type CoreEvent, type Effect } from '../core/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import { dueDate, type WorkCalendar } from '../time/index.ts';
import { caseTerms } from './due-terms.ts';
import { deadlineIds, deadlineJobs, taskId, taskRow } from './rows.ts';
import { timesOf } from './times.ts';

/** A case as it is, and as it shall be; the same state where that does not change. */
export interface Recounted {
  readonly before: {
    readonly row: CaseRow;
    readonly graph: ProcessGraph;
    /** Its tasks as they stand, by id, where they were counted with another calendar. */
    readonly tasks?: ReadonlyMap<string, TaskRow>;
  };
  readonly after: { readonly row: CaseRow; readonly graph: ProcessGraph; readonly state: CaseState };
}

export interface Recount {
  /** Due dates of the case. */
  readonly row: Pick<CaseRow, 'dueAt' | 'yellowAt' | 'provisional' | 'calendarVersion'>;
  /** Tasks that wait on, with theirs. */
  readonly tasks: readonly TaskRow[];
  /** Checks of the dates that moved, and the ids of those they replace. */
  readonly deadlines: readonly JobRow[];
  readonly lapsed: readonly string[];
  /** What moved, for the history. */
  readonly dueDates: JsonObject[];
  /** The case with the timers that hang on its due dates moved; what the history and the jobs hear of that. */
  readonly state: CaseState;
  readonly events: readonly CoreEvent[];
  readonly effects: readonly Effect[];
}

/** Counts the due dates of a case, its tasks and its timers again, where what they are counted from has changed. */
export function recount({ before, after }: Recounted, calendar: WorkCalendar, now: number): Recount {
  const terms = caseTerms(after.row, after.graph, calendar);
  const due = terms && dueDate(terms);
  const row = {
    dueAt: due?.dueAt ?? null,
    yellowAt: due?.yellowAt ?? null,
    provisional: due?.provisional ?? false,
    calendarVersion: due?.calendarVersion ?? null,
  };
  const next = { ...after.row, ...row };
  const tasks = Object.values(before.row.state.tokens)
    .filter(({ id, wait }) => wait === 'task' && after.state.tokens[id])
    .map((token) => ({
      was: before.tasks?.get(taskId(before.row.id, token.id)) ?? taskRow(before.row, before.graph, token, calendar),
      is: taskRow(next, after.graph, after.state.tokens[token.id]!, calendar),
    }));
  const clocks = [
    {
      ...row,
      id: next.id,
      caseId: next.id,
      token: '',
      node: '',
      was: before.row.dueAt,
      moved: false,
      warns: before.row.yellowAt,
    },
    ...tasks.map(({ was, is }) => ({ ...is, was: was.dueAt, moved: was.node !== is.node, warns: was.yellowAt })),
  ];
  const again = clocks.filter(
    ({ dueAt, was, moved, yellowAt, warns }) =>
      dueAt !== was || yellowAt !== warns || (moved && dueAt !== null && dueAt > now),
  );
  return {
    ...moveTimers(after.state, timesOf(next, after.graph, calendar)),
    row,
    tasks: tasks.map(({ is }) => is),
    deadlines: after.state.status === 'active' ? again.flatMap((clock) => deadlineJobs(clock, clock, now)) : [],
    lapsed: again.flatMap(({ id }) => deadlineIds(id)),
    dueDates: clocks
      .filter(({ dueAt, was }) => dueAt !== was)
      .map(({ node, was, dueAt }) => ({ element: node, was, is: dueAt })),
  };
}
