import type { Engine } from '../../engine/index.ts';
import type { Expression } from '../../engine/expressions/expression.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CallWork, Node, ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, DefinitionSummary, Store, TaskRow } from '../../engine/store/ports.ts';
import { casesCalledBy } from '../casework/called-cases.ts';
import { worksFor, type Directory } from '../directory/index.ts';
import type { SupervisionDeps } from './deps.ts';

/**
 * A department is ordered to act on a case that it leads, or has, had or may yet have a task of, be it in a case that this
 * one calls. `order.not_involved` (details: department, number)
 */
export async function refuseUninvolved(deps: SupervisionDeps, row: CaseRow, department: string): Promise<void> {
  if (await takesPart(deps, row, department)) return;
  const { name } = deps.directory.getDepartment(department);
  throw new Rejection(
    'invalid',
    'order.not_involved',
    `Expected a department with a part in case '${row.number}', but '${department}' has none`,
    { department: name, number: row.number, case: row.id, field: '/department' },
  );
}

/** `seen`: versions of processes that are known to give the department no part. */
async function takesPart(
  deps: SupervisionDeps,
  row: CaseRow,
  department: string,
  seen = new Set<string>(),
): Promise<boolean> {
  const { engine, directory } = deps;
  if (row.department === department) return true;
  if (!seen.has(row.definitionId)) {
    seen.add(row.definitionId);
    const graph = await engine.getGraph(row.definitionId);
    if (await mayTakePart(engine, graph, department, seen)) return true;
  }
  // of an older version of the process, or of people
  const tasks = await engine.store.listTasksOfCase(row.id);
  if (tasks.some((task) => isFor(task, department, directory))) return true;
  for await (const called of casesCalledBy(engine.store, row)) {
    if (await takesPart(deps, called, department, seen)) return true;
  }
  return false;
}

/** By the model, and by the models that it calls and that are not among those `seen`. */
async function mayTakePart(
  engine: Engine,
  { nodes }: ProcessGraph,
  department: string,
  seen: Set<string>,
): Promise<boolean> {
  const all = Object.values(nodes);
  if (all.some((node) => mayBeFor(node, department))) return true;
  for (const { call } of all) {
    const called = call && (await findCalled(engine.store, call));
    if (called === 'any') return true;
    if (!called || seen.has(called.id)) continue;
    seen.add(called.id);
    const graph = await engine.getGraph(called.id);
    if (graph.department === department || (await mayTakePart(engine, graph, department, seen))) return true;
  }
  return false;
}

/** Where the model computes who has the task, only the case will tell. */
function mayBeFor({ assignment }: Node, department: string): boolean {
  return assignment?.groups !== undefined || (assignment?.candidateGroups.includes(department) ?? false);
}

/** The version that a call begun now opens. `any`: the model computes what it calls. Undefined: there is no such process. */
async function findCalled(
  store: Store,
  { definition, version }: CallWork,
): Promise<DefinitionSummary | 'any' | undefined> {
  const [key, number] = [fixedValue(definition), version && fixedValue(version)];
  if (key === undefined || (version && number === undefined)) return 'any';
  return number === undefined ? store.latestDefinition(key) : store.findDefinition(`${key}:${number}`);
}

/** Undefined: computed from the case. */
function fixedValue({ names, readsClock, evaluate }: Expression): string | undefined {
  const found = names.length === 0 && !readsClock ? evaluate?.({}) : undefined;
  if (!found?.ok) return undefined;
  return typeof found.value === 'string' || typeof found.value === 'number' ? String(found.value) : undefined;
}

function isFor({ groups, users, assignee }: TaskRow, department: string, { findPerson }: Directory): boolean {
  if (groups.includes(department)) return true;
  const people = [...users, ...(assignee === null ? [] : [assignee])].map((id) => findPerson(id));
  return people.some((person) => person !== undefined && worksFor(person, department));
}
