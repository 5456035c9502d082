import { isUncertain } from '../../engine/index.ts';
import type { CaseRow, EventRow, TaskRow } from '../../engine/store/ports.ts';
import type { NodeKind, ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseState, Scope, Token, TokenWait } from '../../engine/core/state.ts';
import { lightOf, worstOf, type Light } from '../../engine/time/index.ts';

export interface DiagramPlace {
  readonly element: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly light: Light;
  /** `choice`: an ad-hoc sub-process in which somebody chooses; `compensation`: until earlier work is undone. */
  readonly wait: Exclude<TokenWait, 'listener' | 'continue'> | 'choice' | 'compensation';
  readonly department: string | null;
  readonly assignee: string | null;
  readonly dueAt: number | null;
  /** Id of the task whose date that is. */
  readonly dueTask: string | null;
  /** 暂定, of that date. */
  readonly provisional: boolean;
  readonly count: number;
}

/**
 * Where the tokens of a case wait: one place for each element, with the worst light and the earliest due date there. That
 * of a sub-process is the worst inside it. An activity that is repeated counts its instances, not what holds them.
 */
export function placesOf(row: CaseRow, graph: ProcessGraph, tasks: readonly TaskRow[], now: number): DiagramPlace[] {
  const taskOf = new Map(tasks.map((task) => [task.token, task]));
  const places = new Map<string, DiagramPlace>();
  if (row.status !== 'active') return [];
  const opened = new Map(Object.values(row.state.scopes).map((scope) => [scope.owner, scope]));
  const promises = promisesOf(row.state, taskOf, now);
  for (const token of Object.values(row.state.tokens)) {
    // the case does not stand where it only listens
    if (token.wait === 'listener') continue;
    const inner = opened.get(token.id);
    if (inner?.kind === 'multi' || inner?.kind === 'loop') continue;
    const task = taskOf.get(token.id);
    const before = places.get(token.node);
    const { name, kind } = graph.nodes[token.node]!;
    const place: DiagramPlace = {
      element: token.node,
      name: name || token.node,
      kind,
      light: promises.get(token.id)?.light ?? 'none',
      wait: waitOf(token, token.wait, inner, graph),
      department: task?.department ?? null,
      assignee: task?.assignee ?? null,
      dueAt: promises.get(token.id)?.dueAt ?? null,
      dueTask: promises.get(token.id)?.task ?? null,
      provisional: promises.get(token.id)?.provisional ?? false,
      count: 1,
    };
    places.set(token.node, before ? joined(before, place) : place);
  }
  return [...places.values()];
}

function waitOf(
  { node }: Token,
  wait: Exclude<TokenWait, 'listener'>,
  inner: Scope | undefined,
  graph: ProcessGraph,
): DiagramPlace['wait'] {
  // a save point is passed by a job
  if (wait === 'continue') return 'job';
  if (wait !== 'scope') return wait;
  if (inner?.kind === 'compensation') return 'compensation';
  return graph.nodes[node]?.adHoc && !inner?.adHoc?.ending ? 'choice' : 'scope';
}

interface Promised {
  readonly light: Light;
  readonly dueAt: number | null;
  readonly task: string | null;
  readonly provisional: boolean;
}

/** By token: when its task is due, and for the one that holds a sub-process the worst of what is inside. */
function promisesOf(state: CaseState, taskOf: ReadonlyMap<string, TaskRow>, now: number): Map<string, Promised> {
  const promises = new Map<string, Promised>();
  for (const [token, task] of taskOf) {
    const light = lightOf(task, now);
    if (light === 'none') continue;
    // without a promise the statutory limit is what it is due by
    const dueAt = task.dueAt ?? task.statutoryAt ?? null;
    const promise = { light, dueAt, task: dueAt === null ? null : task.id, provisional: isUncertain(task) };
    for (let holder: string | undefined = token; holder !== undefined; holder = holderOf(state, holder)) {
      const known = promises.get(holder);
      promises.set(holder, known ? worse(known, promise) : promise);
    }
  }
  return promises;
}

function holderOf({ tokens, scopes }: CaseState, token: string): string | undefined {
  for (let scope = scopes[tokens[token]?.scope ?? '']; scope; scope = scopes[scope.parent ?? '']) {
    if (scope.owner !== undefined) return scope.owner;
  }
  return undefined;
}

function worse(a: Promised, b: Promised): Promised {
  return { ...(isEarlier(b.dueAt, a.dueAt) ? b : a), light: worstOf([a.light, b.light]) };
}

/**
 * Elements that were completed and flows that were taken, by the history; in the order they first were. What a migration
 * gave another id is told by the id it has now.
 */
export function passedBy(events: Iterable<EventRow>): { completed: string[]; flows: string[] } {
  const completed = new Set<string>();
  const flows = new Set<string>();
  for (const { type, node, data } of events) {
    if (
      node &&
      (type === 'element.completed' || type === 'timer.fired' || type === 'message.received' || type === 'error.thrown')
    )
      completed.add(node);
    if (Array.isArray(data.flows)) for (const flow of data.flows) if (typeof flow === 'string') flows.add(flow);
    if (type === 'case.migrated') for (const ids of [completed, flows]) rename(ids, data.elements);
    if (type === 'flow.taken') flows.add(typeof data.flow === 'string' ? data.flow : (node ?? ''));
  }
  flows.delete('');
  return { completed: [...completed], flows: [...flows] };
}

function rename(ids: Set<string>, mapping: unknown): void {
  const renamed = [...ids].map((id) => {
    const target = (mapping as Record<string, unknown> | undefined)?.[id];
    return typeof target === 'string' ? target : id;
  });
  ids.clear();
  for (const id of renamed) ids.add(id);
}

function joined(a: DiagramPlace, b: DiagramPlace): DiagramPlace {
  const earlier = isEarlier(b.dueAt, a.dueAt) ? b : a;
  return {
    ...a,
    light: worstOf([a.light, b.light]),
    wait: a.wait === 'incident' || b.wait === 'incident' ? 'incident' : a.wait,
    department: a.department ?? b.department,
    assignee: a.assignee === b.assignee ? a.assignee : null,
    dueAt: earlier.dueAt,
    dueTask: earlier.dueTask,
    provisional: earlier.provisional,
    count: a.count + b.count,
  };
}

function isEarlier(a: number | null, b: number | null): boolean {
  return a !== null && (b === null || a < b);
}
