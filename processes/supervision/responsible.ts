import { isRejection } from '../../engine/kernel/rejection.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow } from '../../engine/store/ports.ts';

/** An open task and those who are to do it. */
export interface OpenTask {
  readonly token: string;
  readonly node: string;
  /** What the task is called. */
  readonly name: string;
  /** First candidate group; null for a task of a person, for example the applicant's. */
  readonly department: string | null;
  readonly assignee: string | null;
}

/** The tasks that a case waits for, told from the case itself. */
export function openTasks(row: Pick<CaseRow, 'state'>, graph: ProcessGraph): OpenTask[] {
  return Object.values(row.state.tokens)
    .filter(({ wait }) => wait === 'task')
    .map((token) => {
      const node = graph.nodes[token.node];
      const groups = token.task?.groups ?? node?.assignment?.candidateGroups ?? [];
      return {
        token: token.id,
        node: token.node,
        name: node?.name || token.node,
        department: groups[0] ?? null,
        assignee: token.assignee ?? null,
      };
    });
}

/**
 * The departments that a case waits for: those of its open tasks, else its lead department. For one task (`token`): its own.
 */
export function responsibleDepartments(row: CaseRow, graph: ProcessGraph, token = ''): string[] {
  const tasks = openTasks(row, graph).filter((task) => token === '' || task.token === token);
  const departments = new Set(tasks.flatMap(({ department }) => department ?? []));
  if (departments.size > 0 || token !== '') return [...departments];
  return row.department === null ? [] : [row.department];
}

/** What a lookup rejects with where there is nothing. */
export function isMissing(error: unknown): boolean {
  return isRejection(error) && error.kind === 'not-found';
}
