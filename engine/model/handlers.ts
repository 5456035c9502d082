import type { ProcessGraph } from './graph.ts';
import { phaseOfNodes, planOf, type PhasePlan, type Step } from './phase-of-nodes.ts';

export interface Handlers {
  /** Departments with a task of the handling; of any task where the model names no phases. */
  readonly departments: readonly string[];
  /** The model says where handling begins and where it ends: who only receives or delivers is not among them. */
  readonly bounded: boolean;
}

/** Whether a department is a reception window (综合窗口): it counts as a handler only where the model says that it handles. */
export type OnlyReceives = (department: string) => boolean;

type Tasked = Step & { readonly assignment?: { readonly candidateGroups: readonly string[] } };

/** Who handles cases of a process, and does not only accept them or deliver what was decided. */
export function handlersOf(graph: ProcessGraph): Handlers {
  return handlersIn(planOf(graph));
}

/** The same of a model, parsed or compiled. */
export function handlersIn<N extends Tasked>(plan: PhasePlan<N>): Handlers {
  const phaseOf = phaseOfNodes(plan);
  const named = new Set([...plan.nodes, ...plan.flows].map(({ milestone }) => milestone));
  const handling = plan.nodes.filter((node) => node.assignment && phaseOf(node) === 'handling');
  return {
    departments: [...new Set(handling.flatMap(({ assignment }) => assignment!.candidateGroups))],
    bounded: named.has('accepted') && named.has('decided'),
  };
}

/** 联合办理 (行政许可法 art. 26), where the model does not say it itself. */
export function severalHandle({ departments, bounded }: Handlers, onlyReceives: OnlyReceives): boolean {
  return departments.filter((department) => bounded || !onlyReceives(department)).length > 1;
}
