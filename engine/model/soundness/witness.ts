import type { Exploration, Marking } from './explore.ts';
import type { Edge, Vertex } from './net.ts';
import { upstreamEdges } from './reach.ts';

/** A join that holds tokens and waits for more that cannot come. */
export interface Stuck {
  readonly join: string;
  /** Sequence flows on which nothing comes. */
  readonly missing: readonly string[];
  /** The element that sent the token another way; '' where no token could ever come. */
  readonly cause: string;
  /** No run brings the join to fire. */
  readonly always: boolean;
}

/** A place where two tokens meet without a join, so that what follows runs twice. */
export interface Doubled {
  readonly element: string;
  /** The element that made two tokens of one. */
  readonly cause: string;
}

export function explainDead({ edges, dead, reached, complete }: Exploration): Stuck[] {
  const found = new Map<string, Stuck>();
  for (const marking of dead) {
    const held = new Set(marking.edges.map((at) => edges[at]!));
    const joins = new Set([...held].map((edge) => edge.to));
    const waiting = [...joins].map((join) => ({ join, missing: [...join.in].filter((way) => !held.has(way)) }));
    // a join that only waits for another stuck join is no cause
    const causes = waiting.filter(({ join, missing }) =>
      missing.some((way) => ![...upstreamEdges(way, join)].some((edge) => held.has(edge) && edge.to !== join)),
    );
    for (const { join, missing } of causes.length > 0 ? causes : waiting) {
      if (found.has(join.node)) continue;
      const lost = missing.map((way) => ({ way, cause: lastHope(marking, edges, way, join) }));
      found.set(join.node, {
        join: join.node,
        missing: lost.map(({ way }) => way.flow).filter((flow) => flow !== '' && !flow.startsWith('link:')),
        cause: lost.find(({ cause }) => cause !== '')?.cause ?? '',
        always: complete && ![...join.out].some((edge) => reached.has(edge)),
      });
    }
  }
  return [...found.values()];
}

/** The element after which no token could come to `way` any more. */
function lastHope(marking: Marking, edges: readonly Edge[], way: Edge, join: Vertex): string {
  const upstream = upstreamEdges(way, join);
  let later: Marking | undefined;
  for (let at: Marking | undefined = marking; at; later = at, at = at.before) {
    if (later && at.edges.some((edge) => upstream.has(edges[edge]!))) {
      return later.taken?.[0]?.decidedBy || later.by!.node;
    }
  }
  return '';
}

/** `targets`: where each sequence flow of the model leads. */
export function explainDoubled(
  targets: ReadonlyMap<string, string | undefined>,
  { edges, doubled }: Exploration,
): Doubled[] {
  const found = new Map<string, Doubled>();
  for (const { before, by, from, edge } of doubled) {
    const element = targets.get(meetingWay(before, by, from).flow) ?? by.node;
    if (found.has(element)) continue;
    const upstream = upstreamEdges(edge);
    let cause = by.node;
    // back to the step that first had two tokens on the way to the place
    for (let at: Marking | undefined = before; at; at = at.before) {
      if (at.edges.filter((number) => upstream.has(edges[number]!)).length < 2) break;
      if (at.by) cause = at.by.node;
    }
    found.set(element, { element, cause });
  }
  return [...found.values()];
}

/** The way by which the second token came to the place where ways meet; that may lie before the place where it was noticed. */
function meetingWay(before: Marking, by: Vertex, from: Edge): Edge {
  if (by.kind === 'pass' && by.in.size > 1) return from;
  const upstream = upstreamEdges(from);
  for (let at: Marking | undefined = before; at?.by && at.via; at = at.before) {
    if (at.by.kind === 'pass' && at.by.in.size > 1 && [...at.by.out].some((edge) => upstream.has(edge))) return at.via;
  }
  return from;
}
