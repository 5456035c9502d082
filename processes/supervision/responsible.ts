import { groupsOf, type Engine } from '../../engine/index.ts';
import { isRejection } from '../../engine/kernel/rejection.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';
import { casesCalledBy } from '../casework/called-cases.ts';

/** An open task and those who are to do it. */
export interface OpenTask {
  readonly token: string;
  readonly node: string;
  /** What the task is called. */
  readonly name: string;
  /** Who may take it, by the case or by the model. */
  readonly groups: readonly string[];
  /** The first of them; null for a task of a person, for example the applicant's. */
  readonly department: string | null;
  readonly assignee: string | null;
}

/** The tasks that a case waits for, told from the case itself. */
export function openTasks(row: Pick<CaseRow, 'state'>, graph: ProcessGraph): OpenTask[] {
  return Object.values(row.state.tokens)
    .filter(({ wait }) => wait === 'task')
    .map((token) => {
      const node = graph.nodes[token.node]!;
      const groups = groupsOf(token, node);
      return {
        token: token.id,
        node: token.node,
        name: node.name || token.node,
        groups,
        department: groups[0] ?? null,
        assignee: token.assignee ?? null,
      };
    });
}

/** Those of them that a department or an official has to do, not the applicant. */
export function tasksOfOffice(row: Pick<CaseRow, 'state' | 'applicant'>, graph: ProcessGraph): OpenTask[] {
  return openTasks(row, graph).filter(
    ({ department, assignee }) => department !== null || (assignee !== null && assignee !== row.applicant),
  );
}

/**
 * The departments that answer for a case: those of its open tasks, else its lead department, else those that answer for the
 * open cases that it called, else the one that worked on it last. None where none of these names one.
 */
export async function responsibleDepartments(engine: Engine, row: CaseRow, graph: ProcessGraph): Promise<string[]> {
  const waited = departmentsOf(openTasks(row, graph));
  if (waited.length > 0) return waited;
  if (row.department !== null) return [row.department];
  const called: CaseRow[] = [];
  for await (const each of casesCalledBy(engine.store, row)) called.push(each);
  const open = called.filter(({ status }) => status === 'active');
  const theirs = (await Promise.all(open.map((each) => answeringFor(engine, each)))).flat();
  return theirs.length > 0 ? [...new Set(theirs)] : lastAtWork(engine, row, called);
}

/** Who may take an open task; nobody in particular where it is of a person, or done. */
export function groupsOfTask(row: CaseRow, graph: ProcessGraph, token: string): readonly string[] {
  return openTasks(row, graph).find((task) => task.token === token)?.groups ?? [];
}

/**
 * Who is told of a case that has neither an open task of the office nor a lead department: what its events say, so that the
 * notices follow from them. An empty list: no department works on it, and the supervisors are told.
 */
export async function toldInstead(
  engine: Engine,
  row: CaseRow,
  graph: ProcessGraph,
): Promise<{ departments?: string[] }> {
  if (row.department !== null || tasksOfOffice(row, graph).length > 0) return {};
  return { departments: await responsibleDepartments(engine, row, graph) };
}

function departmentsOf(tasks: readonly Pick<OpenTask, 'department'>[]): string[] {
  return [...new Set(tasks.flatMap(({ department }) => department ?? []))];
}

async function answeringFor(engine: Engine, called: CaseRow): Promise<string[]> {
  return responsibleDepartments(engine, called, await engine.getGraph(called.definitionId));
}

async function lastAtWork(engine: Engine, row: CaseRow, called: readonly CaseRow[]): Promise<string[]> {
  const done = (await engine.store.listTasksOfCase(row.id)).filter(({ department }) => department !== null);
  const latest = [...done, ...called].reduce<TaskRow | CaseRow | undefined>(
    (last, each) => (last && (last.endedAt ?? 0) >= (each.endedAt ?? 0) ? last : each),
    undefined,
  );
  if (!latest) return [];
  return 'definitionKey' in latest ? answeringFor(engine, latest) : [latest.department!];
}

/** What a lookup rejects with where there is nothing. */
export function isMissing(error: unknown): boolean {
  return isRejection(error) && error.kind === 'not-found';
}
