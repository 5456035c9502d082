import { groupBy } from '../../engine/kernel/group-by.ts';
import { branchesOf, branchWith, type BranchPlan, type StepLeft } from '../../engine/model/branches.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { CaseRow, TaskRow } from '../../engine/store/ports.ts';

/** Who works on a case: a department, its applicant, or somebody of no department. */
export type Party = { readonly department: string } | 'applicant' | 'others';

/** A party, and what the model has it do. */
export interface Participant {
  readonly party: Party;
  readonly tasks: readonly TaskRow[];
  readonly plan?: Partial<BranchPlan>;
}

/** In the order in which they came to work; those still ahead in the order of the document. `left`: versions that it has left. */
export function partiesOf(
  row: CaseRow,
  tasks: readonly TaskRow[],
  graph: ProcessGraph,
  left: ReadonlyMap<string, ProcessGraph>,
): Participant[] {
  const plans = branchesOf(graph);
  const keyOf = ({ department, assignee }: TaskRow) =>
    department === null
      ? assignee !== null && assignee === row.applicant
        ? 'applicant'
        : 'others'
      : `d:${department}`;
  const inOrder = [...tasks].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const byParty = groupBy(inOrder, keyOf);
  const begun = [...byParty].map(([key, own]): Participant => {
    if (key === 'applicant' || key === 'others') return { party: key, tasks: own };
    const department = key.slice(2);
    const asked = own.filter(({ node }) => graph.nodes[node]?.assignment?.groups);
    const named = new Map([...groupBy(asked, ({ node }) => node)].map(([node, tasks]) => [node, roundsIn(tasks)]));
    const before = stepsLeft(own, graph, left);
    const plan =
      named.size + before.length > 0
        ? branchWith(graph, department, named, before)
        : plans.find((each) => each.department === department);
    return { party: { department }, tasks: own, ...(plan && { plan }) };
  });
  const ahead =
    row.status === 'active'
      ? plans
          .filter(({ department }) => !byParty.has(`d:${department}`))
          .map((plan): Participant => ({ party: { department: plan.department }, tasks: [], plan }))
      : [];
  return [...begun, ...ahead];
}

/** What a case had it do in versions that it has left, where this one does not know the element: it may have renamed it. */
function stepsLeft(
  tasks: readonly TaskRow[],
  graph: ProcessGraph,
  left: ReadonlyMap<string, ProcessGraph>,
): StepLeft[] {
  const unknown = tasks.filter(({ node }) => !graph.nodes[node]);
  return [...groupBy(unknown, ({ definitionId, node }) => `${definitionId} ${node}`).values()].flatMap((rounds) => {
    const { definitionId, node } = rounds[0]!;
    const was = left.get(definitionId)?.nodes[node];
    return was?.assignment?.groups ? [{ node: was, times: roundsIn(rounds) }] : [];
  });
}

/** How many of these tasks a department had one after the other: those that it had side by side count once. */
function roundsIn(tasks: readonly TaskRow[]): number {
  let [times, until] = [0, -Infinity];
  const endOf = ({ endedAt }: TaskRow): number => endedAt ?? Infinity;
  for (const task of [...tasks].sort((a, b) => endOf(a) - endOf(b))) {
    if (task.createdAt < until) continue;
    times++;
    until = endOf(task);
  }
  return times;
}
