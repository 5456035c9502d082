import { atLeast } from './at-least.ts';
import type { Limit, Node, ProcessGraph } from './graph.ts';
import { longestPath } from './longest-path.ts';

/** What a department is given of the case. */
export interface BranchPlan {
  readonly department: string;
  /** The promises of its tasks along the path on which they come to most; absent where it promises nothing. */
  readonly limit?: Pick<Limit, 'value' | 'unit'>;
}

/** Found once for each graph: every page of a case asks, and a graph may have thousands of nodes. */
const found = new WeakMap<ProcessGraph, Branches>();

interface Branches {
  readonly plans: readonly BranchPlan[];
  readonly several: boolean;
}

/** The departments that handle cases of a process, in the order of the document, each with its own limit. */
export function branchesOf(graph: ProcessGraph): readonly BranchPlan[] {
  return find(graph).plans;
}

/** Several departments handle its cases (行政许可法 art. 26): as the model says, else where it names several. */
export function isJoint(graph: ProcessGraph): boolean {
  return graph.joint ?? find(graph).several;
}

function find(graph: ProcessGraph): Branches {
  const known = found.get(graph);
  if (known) return known;
  const nodes = Object.values(graph.nodes);
  const departments = [...new Set(nodes.flatMap((node) => departmentOf(node) ?? []))];
  const plan = planOf(graph, nodes);
  const plans = departments.map((department): BranchPlan => {
    const limits = nodes.flatMap((node) => (departmentOf(node) === department && node.limit ? [node.limit] : []));
    if (limits.length === 0) return { department };
    const units = new Set(limits.map((limit) => limit.unit));
    const unit = units.size === 1 ? limits[0]!.unit : (graph.limit?.unit ?? 'workingDays');
    const weigh = (node: Node) => (departmentOf(node) === department && node.limit ? atLeast(node.limit, unit) : 0);
    return { department, limit: { value: longestPath(plan, weigh), unit } };
  });
  const branches = { plans, several: new Set(nodes.flatMap(groupsOf)).size > 1 };
  found.set(graph, branches);
  return branches;
}

function groupsOf({ assignment }: Node): readonly string[] {
  return assignment?.candidateGroups ?? [];
}

/** As the rows of its tasks have it. */
function departmentOf(node: Node): string | undefined {
  return groupsOf(node)[0];
}

function planOf({ nodes, flows }: ProcessGraph, all: readonly Node[]) {
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
  };
}
