import type { LintContext } from '../lint/rule.ts';
import type { ParsedFlow, ParsedNode } from '../parsed-model.ts';
import { areApart, literals, rangeOf, subjectOf } from './condition.ts';
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
    return [...said, ...refused].filter(isShared).map((claim) => {
      const range = rangeOf({ text: claim.condition, holds: claim.holds });
      return range ? { ...claim, range } : claim;
    });
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

/** The facts with what these ways say added, in order; undefined when they contradict each other. */
export function agree(facts: readonly Claim[], ways: readonly Edge[]): readonly Claim[] | undefined {
  let known = facts;
  for (const way of ways) {
    for (const claim of way.claims) {
      let at = 0;
      let isKnown = false;
      for (const fact of known) {
        if (fact.condition === claim.condition) {
          if (fact.holds !== claim.holds) return undefined;
          isKnown = true;
        } else if (claim.range && fact.range && areApart(fact.range, claim.range)) return undefined;
        if (fact.condition < claim.condition) at++;
      }
      if (!isKnown) known = [...known.slice(0, at), claim, ...known.slice(at)];
    }
  }
  return known;
}
