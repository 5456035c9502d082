import type { LintContext } from '../lint/rule.ts';
import type { ParsedFlow, ParsedNode } from '../parsed-model.ts';
import { contradict, literals, subjectOf } from './condition.ts';
import type { Claim, Edge } from './net.ts';
import { conditionText } from './takeable-flows.ts';

/** What taking this flow says about the data; `denied`: the flows whose conditions must have failed for it. */
export type ClaimsOf = (node: ParsedNode, flow: ParsedFlow, denied: readonly ParsedFlow[]) => Claim[];

/**
 * Decisions at several places about the same data go the same way each time: a check that let them differ would warn of
 * what cannot happen. The outcome of a task is decided by that task alone, so what follows right after it is free.
 */
export function sharedClaims(context: LintContext, nodes: readonly ParsedNode[]): ClaimsOf {
  const { incoming, outgoing, byId } = context;
  const bound = new Set<string>();
  const places = new Map<string, Set<string>>();
  for (const node of nodes) {
    if (outgoing(node.id).length < 2 || decides(node)) continue;
    if (incoming(node.id).every(({ source }) => decides(byId.get(source ?? '')))) continue;
    bound.add(node.id);
    for (const { text } of outgoing(node.id).flatMap(saidBy)) {
      const subject = subjectOf(text);
      places.set(subject, (places.get(subject) ?? new Set()).add(node.id));
    }
  }
  const isShared = ({ condition }: Claim) => (places.get(subjectOf(condition))?.size ?? 0) > 1;
  return (node, flow, denied) => {
    if (!bound.has(node.id)) return [];
    // the condition of a default flow has no effect
    const said = (denied.length > 0 ? [] : saidBy(flow)).map(({ text, holds }) => ({ condition: text, holds }));
    const refused = denied.flatMap((other) => {
      const parts = saidBy(other);
      // of several parts we do not know which one failed
      return parts.length === 1 ? [{ condition: parts[0]!.text, holds: !parts[0]!.holds }] : [];
    });
    return [...said, ...refused].filter(isShared);
  };
}

function saidBy(flow: ParsedFlow): readonly { text: string; holds: boolean }[] {
  const text = conditionText(flow);
  return text === undefined ? [] : literals(text);
}

/** Work that may change the data. */
function decides(node: ParsedNode | undefined): boolean {
  return node !== undefined && /[tT]ask$|ubProcess$|^callActivity$|^transaction$/.test(node.type);
}

/** The facts with what these ways say added; undefined when they contradict each other. */
export function agree(facts: readonly Claim[], ways: readonly Edge[]): readonly Claim[] | undefined {
  let known = facts;
  for (const way of ways) {
    for (const claim of way.claims) {
      const literal = { text: claim.condition, holds: claim.holds };
      if (known.some(({ condition, holds }) => contradict({ text: condition, holds }, literal))) return undefined;
      if (!known.some(({ condition, holds }) => condition === claim.condition && holds === claim.holds)) {
        known = [...known, claim].sort((a, b) => (a.condition < b.condition ? -1 : 1));
      }
    }
  }
  return known;
}
