import type { Range } from './condition.ts';

/**
 * What an element does with tokens, and nothing else. `pass` takes each token that comes and sends it on; `all-join`
 * needs one on every way in (parallel), `any-join` those that can still come (inclusive); `fork` sends one on every way
 * out, `choice` on exactly one, `some` on one or more; `end` takes a token away, `clear` ends its whole scope.
 */
export type VertexKind = 'source' | 'pass' | 'all-join' | 'any-join' | 'fork' | 'choice' | 'some' | 'end' | 'clear';

export class Vertex {
  kind: VertexKind;
  /** The element it stands for. */
  readonly node: string;
  readonly in = new Set<Edge>();
  readonly out = new Set<Edge>();

  constructor(kind: VertexKind, node: string) {
    this.kind = kind;
    this.node = node;
  }
}

/** Elements on an edge; a tree, so that joining two is cheap. */
export type Parts = string | readonly Parts[];

/** What a flow out of a `choice` or `some` says about data, where other decisions speak about the same. */
export interface Claim {
  readonly condition: string;
  readonly holds: boolean;
  /** Which values it leaves to a name, where it is a plain comparison. */
  readonly range?: Range;
}

export interface EdgeParts {
  /** A case may wait here: someone has to do something before the token goes on. */
  rests: boolean;
  /** Something is done here: running it twice would be noticed. */
  works: boolean;
  parts: Parts;
  /** The last sequence flow on the way; '' where none is drawn. */
  flow: string;
}

/** A way from one vertex to the next. */
export class Edge implements EdgeParts {
  from: Vertex;
  to: Vertex;
  rests: boolean;
  works: boolean;
  parts: Parts;
  flow: string;
  /** Out of `some`: taken always, by its own condition, or when no other is. */
  taken: 'always' | 'maybe' | 'else' = 'always';
  /** The element that decides on this way, where it was folded into another. */
  decidedBy = '';
  /** Ways out of the same `some` that are never taken together with this one. */
  readonly excludes = new Set<Edge>();
  /** What must be true of the data when this way is chosen. */
  claims: readonly Claim[] = [];

  constructor(from: Vertex, to: Vertex, { rests, works, parts, flow }: EdgeParts) {
    this.from = from;
    this.to = to;
    this.rests = rests;
    this.works = works;
    this.parts = parts;
    this.flow = flow;
  }
}

/** The tokens of one scope: where they come from, how they part and meet, where they end. */
export class Net {
  readonly vertices = new Set<Vertex>();
  readonly source: Vertex;
  readonly end: Vertex;
  readonly clear: Vertex;
  /** Boundary events that may send a second token while their activity goes on. */
  readonly spawning = new Set<string>();

  constructor(scope: string) {
    this.source = this.add('source', scope);
    this.end = this.add('end', scope);
    this.clear = this.add('clear', scope);
  }

  add(kind: VertexKind, node: string): Vertex {
    const vertex = new Vertex(kind, node);
    this.vertices.add(vertex);
    return vertex;
  }

  connect(from: Vertex, to: Vertex, what: Partial<EdgeParts> = {}): Edge {
    const edge = new Edge(from, to, { rests: false, works: false, parts: [], flow: '', ...what });
    from.out.add(edge);
    to.in.add(edge);
    return edge;
  }

  disconnect(edge: Edge): void {
    edge.from.out.delete(edge);
    edge.to.in.delete(edge);
  }

  redirect(edge: Edge, to: Vertex): void {
    edge.to.in.delete(edge);
    edge.to = to;
    to.in.add(edge);
  }
}

export function elementsOf(parts: Parts): string[] {
  const found: string[] = [];
  const open: Parts[] = [parts];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part === 'string') found.push(part);
    else for (let at = part.length - 1; at >= 0; at--) open.push(part[at]!);
  }
  return found;
}

/** The only member of a set of one. */
export function only<Item>(set: ReadonlySet<Item>): Item {
  const [item] = set;
  return item!;
}
