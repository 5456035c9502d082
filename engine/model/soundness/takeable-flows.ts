import type { ParsedFlow, ParsedNode } from '../parsed-model.ts';
import { constantOf, covers, excludeEachOther, literals, type Literal } from './condition.ts';

/** How a node that is done chooses among its flows, as `core/flows.ts` does. */
export interface TakeableFlows {
  /** `all`: every one; `one`: exactly one; `some`: those of `always`, and any of `maybe`. */
  readonly how: 'all' | 'one' | 'some';
  readonly always: readonly ParsedFlow[];
  readonly maybe: readonly ParsedFlow[];
  /** Taken when no other is. */
  readonly fallback?: ParsedFlow;
  /** Flows that are never taken, whatever the data say, and the flow that is to blame where there is one. */
  readonly never: readonly { readonly flow: ParsedFlow; readonly because?: ParsedFlow }[];
}

/** Conditions of one node that are compared with each other; beyond, none is known to exclude or cover another. */
export const COMPARED = 50;

export function takeableFlows(node: ParsedNode, flows: readonly ParsedFlow[]): TakeableFlows {
  if (node.type === 'eventBasedGateway') return { how: 'one', always: [], maybe: flows, never: [] };
  const conditional = flows.some((flow) => flow.condition || flow.id === node.default);
  if (node.type === 'parallelGateway') return { how: 'all', always: flows, maybe: [], never: [] };
  if (node.type === 'exclusiveGateway') return firstOf(node, flows);
  return conditional ? anyOf(node, flows) : { how: 'all', always: flows, maybe: [], never: [] };
}

/** Exclusive: conditions in order, the first that holds wins. */
function firstOf(node: ParsedNode, flows: readonly ParsedFlow[]): TakeableFlows {
  const maybe: ParsedFlow[] = [];
  const never: { flow: ParsedFlow; because?: ParsedFlow }[] = [];
  const before: { flow: ParsedFlow; says: readonly Literal[] }[] = [];
  let certain: ParsedFlow | undefined;
  for (const flow of flows) {
    if (flow.id === node.default) continue;
    const text = conditionText(flow);
    const constant = flow.condition ? text && constantOf(text) : true;
    const says = text === undefined ? undefined : literals(text);
    const because = certain ?? (says && before.find((earlier) => covers(earlier.says, says))?.flow);
    if (because) never.push({ flow, because });
    else if (constant === false) never.push({ flow });
    else maybe.push(flow);
    if (!because && constant === true) certain = flow;
    if (says && before.length < COMPARED) before.push({ flow, says });
  }
  const fallback = flows.find(({ id }) => id === node.default);
  if (fallback && certain) never.push({ flow: fallback, because: certain });
  return { how: 'one', always: [], maybe, ...(fallback && !certain && { fallback }), never };
}

/** Inclusive, complex, and conditional flows of activities: each that holds. */
function anyOf(node: ParsedNode, flows: readonly ParsedFlow[]): TakeableFlows {
  const always: ParsedFlow[] = [];
  const maybe: ParsedFlow[] = [];
  const never: { flow: ParsedFlow; because?: ParsedFlow }[] = [];
  for (const flow of flows) {
    if (flow.id === node.default) continue;
    const text = conditionText(flow);
    const constant = flow.condition ? text && constantOf(text) : true;
    if (constant === true) always.push(flow);
    else if (constant === false) never.push({ flow });
    else maybe.push(flow);
  }
  const fallback = flows.find(({ id }) => id === node.default);
  if (fallback && always[0]) never.push({ flow: fallback, because: always[0] });
  const rest = { always, maybe, ...(fallback && !always[0] && { fallback }), never };
  if (always.length === 0 && areAlternatives(maybe)) return { how: 'one', ...rest };
  return { how: maybe.length === 0 ? 'all' : 'some', ...rest };
}

function areAlternatives(flows: readonly ParsedFlow[]): boolean {
  if (flows.length > COMPARED) return false;
  const says = flows.map((flow) => literals(conditionText(flow) ?? ''));
  return says.every((one, at) => says.slice(at + 1).every((other) => excludeEachOther(one, other)));
}

/** The condition as text, where it is one we can run. */
export function conditionText({ condition }: ParsedFlow): string | undefined {
  if (!condition) return undefined;
  return 'feel' in condition ? condition.feel : 'literal' in condition ? condition.literal : undefined;
}
