import { groupBy } from '../../kernel/group-by.ts';
import type { ParsedNode, ParsedProcess } from '../parsed-model.ts';
import { longestPathThrough } from './longest-path.ts';
import type { LintContext } from './rule.ts';

/** No case is called deeper. */
const DEEPEST = 50;

type Weigh = (node: ParsedNode) => number;

/**
 * What nodes weigh where call activities weigh what they call: what `whole` says of that process, or else its longest path.
 * Like work that is done again, a process that calls itself adds nothing.
 */
export function withCalled(
  context: LintContext,
  weigh: Weigh,
  whole: (process: ParsedProcess) => number | undefined = () => undefined,
): Weigh {
  const known = new Map(context.process && [[context.process, 0]]);
  const weighIn =
    ({ called }: LintContext, depth: number): Weigh =>
    (node) => {
      const at = called(node);
      if (!at) return weigh(node);
      if (!known.has(at.process)) {
        known.set(at.process, 0);
        const inside = (): number => (depth < DEEPEST ? longestPathThrough(at, weighIn(at, depth + 1)) : 0);
        known.set(at.process, whole(at.process) ?? inside());
      }
      return known.get(at.process)!;
    };
  return weighIn(context, 1);
}

/** A task, and where the process has it: there itself, or in what these call activities call. */
export interface Step {
  readonly task: ParsedNode;
  readonly places: readonly ParsedNode[];
}

/** What is done at these nodes, also in the processes that call activities among them call, and in those that these call. */
export function stepsAt(context: LintContext, nodes: readonly ParsedNode[]): readonly Step[] {
  const places = [...groupBy(nodes, (node) => context.called(node) ?? node).values()];
  return places.flatMap((alike) => inCalled(context, alike[0]!).map((task) => ({ task, places: alike })));
}

/** The node itself, or, of a call activity, all that is in what it calls. */
function inCalled(context: LintContext, node: ParsedNode): readonly ParsedNode[] {
  const first = context.called(node);
  if (!first) return [node];
  const calls = new Set([first]);
  const nodes: ParsedNode[] = [];
  for (const called of calls) {
    for (const each of called.nodes) {
      const inner = called.called(each);
      if (inner) calls.add(inner);
      else nodes.push(each);
    }
  }
  return nodes;
}
