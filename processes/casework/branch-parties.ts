import { groupBy } from '../../engine/kernel/group-by.ts';
import { branchesOf, branchWith, type BranchPlan } from '../../engine/model/branches.ts';
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

/** In the order in which they came to work; those still ahead in the order of the document. */
export function partiesOf(row: CaseRow, tasks: readonly TaskRow[], graph: ProcessGraph): Participant[] {
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
    const plan =
      named.size > 0 ? branchWith(graph, department, named) : plans.find((each) => each.department === department);
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
