import { inUsualWeeks } from './at-least.ts';
import type { Limit, Limits, Node, ProcessGraph } from './graph.ts';
import { handlersOf, severalHandle, type Handlers, type OnlyReceives } from './handlers.ts';
import { longestPath, type Plan } from './longest-path.ts';
import { timesInARow } from './times-in-a-row.ts';

/** What a department is given of the case. */
export interface BranchPlan extends Pick<Limits, 'startRule' | 'warning'> {
  readonly department: string;
  /** The promises of its tasks along the path on which they come to most; absent where it promises nothing. */
  readonly limit?: Limit;
  /** Those tasks, in order; empty where it promises nothing. */
  readonly steps: readonly BranchStep[];
}

/** What one task adds to the limit of its department. */
export interface BranchStep {
  readonly name: string;
  readonly limit: Limit;
  /** How often it is done one after the other, where the model fixes that, or a case tells. */
  readonly times: number;
  /** All of them, in the unit of the department's limit; hours are parts of a day. */
  readonly adds: number;
}

/** A task that a department had in a version which the case has left, so many times one after the other. */
export interface StepLeft {
  readonly node: Node;
  readonly times: number;
}

/** Found once for each graph: every page of a case asks, and a graph may have thousands of nodes. */
const found = new WeakMap<ProcessGraph, Branches>();

interface Branches {
  readonly plans: readonly BranchPlan[];
  readonly handlers: Handlers;
  readonly walk: Plan<Node>;
}

/** The departments that the model names to handle its cases, in the order of the document, each with its own limit. */
export function branchesOf(graph: ProcessGraph): readonly BranchPlan[] {
  return find(graph).plans;
}

/**
 * The plan of a department that a case has named at these elements, so many times one after the other, besides the tasks that
 * the model gives it: of what is done several times in a row it has only its own rounds. `left`: and at elements of earlier
 * versions that this one does not know.
 */
export function branchWith(
  graph: ProcessGraph,
  department: string,
  named: ReadonlyMap<string, number>,
  left: readonly StepLeft[] = [],
): BranchPlan {
  return planOf({ graph, department, named, left }, find(graph).walk);
}

/** Several departments handle its cases (行政许可法 art. 26): as the model says, else where several have tasks of the handling. */
export function isJoint(graph: ProcessGraph, onlyReceives: OnlyReceives): boolean {
  return graph.joint ?? severalHandle(find(graph).handlers, onlyReceives);
}

function find(graph: ProcessGraph): Branches {
  const known = found.get(graph);
  if (known) return known;
  const nodes = Object.values(graph.nodes);
  const departments = [...new Set(nodes.flatMap((node) => departmentOf(node) ?? []))];
  const walk = walkOf(graph, nodes);
  const plans = departments.map((department) => planOf({ graph, department }, walk));
  const branches = { plans, handlers: handlersOf(graph), walk };
  found.set(graph, branches);
  return branches;
}

function planOf(
  {
    graph,
    department,
    named,
    left = [],
  }: {
    graph: ProcessGraph;
    department: string;
    named?: ReadonlyMap<string, number>;
    left?: readonly StepLeft[];
  },
  walk: Plan<Node>,
): BranchPlan {
  const own = walk.nodes.filter((node) => node.limit && (departmentOf(node) === department || named?.has(node.id)));
  const before = left.filter(({ node }) => node.limit);
  const all = [...before.map(({ node }) => node), ...own];
  if (all.length === 0) return { department, steps: [] };
  const unit = agreed(all, ({ limit }) => limit!.unit) ?? daysOf(graph);
  const basis = agreed(all, ({ limit }) => limit!.basis);
  const startRule = agreed(all, (node) => node.startRule);
  const warning = agreed(all, (node) => node.warning);
  const isOwn = new Set(own);
  const stepOf = (node: Node, times = roundsOf(graph, node, named?.get(node.id))): BranchStep => {
    return { name: node.name || node.id, limit: node.limit!, times, adds: times * inUsualWeeks(node.limit!, unit) };
  };
  const path = longestPath(walk, (node) => (isOwn.has(node) ? stepOf(node).adds : 0));
  const done = before.map(({ node, times }) => stepOf(node, times));
  const sum = done.reduce((total, { adds }) => total + adds, path.sum);
  return {
    department,
    limit: { value: wholeDays(sum, unit), unit, ...(basis !== undefined && { basis }) },
    ...(startRule && { startRule }),
    ...(warning && { warning }),
    steps: [...done, ...path.nodes.filter((node) => isOwn.has(node)).map((node) => stepOf(node))],
  };
}

/** What units add up to that differ: a step of a day may last longer than the hours of a day, so that hours would be too short. */
function daysOf({ limit }: ProcessGraph): Limit['unit'] {
  return limit && limit.unit !== 'workingHours' ? limit.unit : 'workingDays';
}

/** Days are whole, and no step loses its hours: what is left over counts as one. Hours in sevenths are not exact as floats. */
function wholeDays(sum: number, unit: Limit['unit']): number {
  return unit === 'workingHours' ? sum : Math.max(0, Math.ceil(sum - 1e-9));
}

/** What all of its steps state alike; undefined where they differ: then the common rule counts for what they do together. */
function agreed<Value>([first, ...others]: readonly Node[], of: (node: Node) => Value): Value | undefined {
  const value = of(first!);
  const text = JSON.stringify(value);
  return others.every((node) => JSON.stringify(of(node)) === text) ? value : undefined;
}

/**
 * How often a task is done one after the other, with the sub-processes around it. `had`: how often a department had it that
 * the case names, which may have been asked only some of the times.
 */
function roundsOf({ nodes }: ProcessGraph, node: Node, had?: number): number {
  let rounds = 1;
  for (let at: Node | undefined = node; at; at = nodes[at.scope]) rounds *= timesInARow(at.multi, had);
  return Math.min(rounds, had ?? Infinity);
}

/** As the rows of its tasks have it. */
function departmentOf({ assignment }: Node): string | undefined {
  return assignment?.candidateGroups[0];
}

function walkOf({ nodes, flows }: ProcessGraph, all: readonly Node[]): Plan<Node> {
  const inside = new Map<string, Node[]>();
  for (const node of all) {
    const beside = inside.get(node.scope);
    if (beside) beside.push(node);
    else inside.set(node.scope, [node]);
  }
  return {
    nodes: all,
    inside: (scope: string) => inside.get(scope) ?? [],
    next: ({ outgoing, boundary }: Node) => [
      ...outgoing.map((flow) => nodes[flows[flow]!.target]!),
      ...boundary.map((event) => nodes[event]!),
    ],
    begins: ({ kind }: Node) => kind === 'startEvent',
    // a task weighs all of its rounds, those of the sub-processes around it too
    times: () => 1,
  };
}
