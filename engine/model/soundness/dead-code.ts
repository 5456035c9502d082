import { entriesOf } from '../entries.ts';
import { nextNodes } from '../lint/walk.ts';
import type { LintContext } from '../lint/rule.ts';
import type { ParsedNode } from '../parsed-model.ts';
import type { Exploration } from './explore.ts';
import { elementsOf } from './net.ts';
import { boundaryKind, standsBeside } from './token-roles.ts';
import type { Stuck } from './witness.ts';

/** Elements that a line leads to but no token ever reaches. */
export interface DeadCode {
  readonly first: string;
  /** What comes after it and is not reached either. */
  readonly rest: readonly string[];
}

export function neverReached(
  context: LintContext,
  scope: string,
  { edges, reached, complete }: Exploration,
  stuck: readonly Stuck[],
): DeadCode[] {
  // where decisions are bound to each other, some runs were left out
  if (!complete || edges.some((edge) => edge.claims.length > 0)) return [];
  const alive = new Set([...reached].flatMap((edge) => elementsOf(edge.parts)));
  // a join that never fires has been reported as such
  for (const { join } of stuck) alive.add(join);
  const nodes = context.inside(scope).filter((node) => !standsBeside(node) && !alive.has(node.id) && !isApart(node));
  if (nodes.length === 0) return [];
  // what no line leads to is reported by `unreachable`
  const drawn = drawnFrom(context, scope);
  const members = nodes.filter(({ id }) => drawn.has(id));
  const dead = new Set(members.map(({ id }) => id));
  const left = new Set(dead);
  const isFirst = (id: string) =>
    context.incoming(id).some(({ source }) => !dead.has(source ?? '') && drawn.has(source ?? ''));
  const found: DeadCode[] = [];
  for (const { id } of [...members.filter((node) => isFirst(node.id)), ...members]) {
    if (!left.delete(id)) continue;
    const rest: string[] = [];
    const open = [id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of nextNodes(context, context.byId.get(at)!)) {
        if (!left.has(next) || isFirst(next)) continue;
        left.delete(next);
        rest.push(next);
        open.push(next);
      }
    }
    found.push({ first: id, rest });
  }
  return found;
}

/** Every node to which lines lead from a start of the scope. */
export function drawnFrom(context: LintContext, scope: string): Set<string> {
  const nodes = context.inside(scope);
  const open = [...entriesOf(nodes, (id) => context.incoming(id).length > 0)];
  const found = new Set(open.map(({ id }) => id));
  for (const node of open) {
    for (const id of nextNodes(context, node)) {
      if (found.has(id)) continue;
      found.add(id);
      open.push(context.byId.get(id)!);
    }
  }
  return found;
}

function isApart(node: ParsedNode): boolean {
  return node.type === 'boundaryEvent' && boundaryKind(node) === 'never';
}
