import { COMPARED } from './takeable-flows.ts';
import { only, type Edge, type Net, type Vertex } from './net.ts';

/** Vertices looked at and edges moved after which others may have their turn. */
const TURN = 500;

/**
 * Folds what is certainly in order: rows of elements, blocks whose split and join match, loops with one way in and one
 * way out. A net that is sound as a whole folds into one edge; what is left holds the question. Each rule keeps every
 * deadlock and every lack of synchronisation outside the part that it folds, and folds only parts that hold none.
 * Nearly linear: a vertex is looked at again only when something beside it changed.
 */
export function* reduce(net: Net): Generator<void> {
  let work = 0;
  const queue = new Set(net.vertices);
  for (const vertex of queue) {
    queue.delete(vertex);
    if (++work > TURN) {
      yield;
      work = 0;
    }
    if (!net.vertices.has(vertex)) continue;
    const touched = fold(net, vertex);
    work += touched.length;
    for (const each of touched) if (net.vertices.has(each)) queue.add(each);
  }
}

function fold(net: Net, vertex: Vertex): readonly Vertex[] {
  return (
    row(net, vertex) ?? sameKind(net, vertex) ?? twins(net, vertex) ?? loop(net, vertex) ?? strayEnd(net, vertex) ?? []
  );
}

const ROWS = new Set(['pass', 'all-join', 'any-join', 'fork', 'choice', 'some']);

/** One way in, one way out: the two edges become one. */
function row(net: Net, vertex: Vertex): Vertex[] | undefined {
  if (!ROWS.has(vertex.kind) || vertex.in.size !== 1 || vertex.out.size !== 1) return undefined;
  const [before, after] = [only(vertex.in), only(vertex.out)];
  if (before === after) return undefined;
  net.disconnect(after);
  net.redirect(before, after.to);
  absorb(before, after);
  if (after.flow !== '') before.flow = after.flow;
  net.vertices.delete(vertex);
  return [before.from, before.to];
}

/** A merge right after a merge, a split right after a split of its kind: they are one. */
function sameKind(net: Net, vertex: Vertex): Vertex[] | undefined {
  if (vertex.kind === 'pass' && vertex.out.size === 1) {
    const between = only(vertex.out);
    const next = between.to;
    if (next === vertex || between.works || between.rests || (next.kind !== 'pass' && next.kind !== 'end'))
      return undefined;
    net.disconnect(between);
    const moved = [...vertex.in];
    for (const edge of moved) {
      edge.parts = [edge.parts, between.parts];
      net.redirect(edge, next);
    }
    net.vertices.delete(vertex);
    return [next, ...moved.map((edge) => edge.from)];
  }
  if ((vertex.kind === 'fork' || vertex.kind === 'choice') && vertex.in.size === 1) {
    const between = only(vertex.in);
    const before = between.from;
    if (before === vertex || before.kind !== vertex.kind || between.works || between.rests) return undefined;
    if (isBound(vertex) || isBound(before)) return undefined;
    net.disconnect(between);
    for (const edge of [...vertex.out]) {
      vertex.out.delete(edge);
      edge.from = before;
      if (edge.decidedBy === '') edge.decidedBy = vertex.node;
      before.out.add(edge);
      edge.parts = [between.parts, edge.parts];
    }
    net.vertices.delete(vertex);
    return [before, ...[...before.in].map((edge) => edge.from)];
  }
  return undefined;
}

/** Two ways from one split to one join of its kind: one stands for both. */
function twins(net: Net, split: Vertex): Vertex[] | undefined {
  if (isBound(split)) return undefined;
  const touched: Vertex[] = [];
  const seen = new Map<Vertex, Edge>();
  const second = new Set<Vertex>();
  for (const edge of split.out) {
    const known = seen.get(edge.to);
    if (!known) seen.set(edge.to, edge);
    else if (isMismatch(split, edge.to)) {
      // the second shows the trouble as well as a thousandth would
      if (!second.has(edge.to)) second.add(edge.to);
      else {
        net.disconnect(edge);
        absorb(known, edge);
        touched.push(edge.to);
      }
    } else if (split.kind === 'some' ? foldSome(known, edge) : match(split, edge.to)) {
      net.disconnect(edge);
      absorb(known, edge);
      touched.push(edge.to);
    }
  }
  if (split.kind === 'some' && becomesPlain(split)) touched.push(split);
  return touched.length > 0 ? [split, ...touched] : undefined;
}

function isMismatch(split: Vertex, join: Vertex): boolean {
  if (split.kind === 'choice') return join.kind === 'all-join';
  if (split.kind === 'fork') return join.kind === 'pass';
  return split.kind === 'some' && split.out.size > COMPARED && (join.kind === 'all-join' || join.kind === 'pass');
}

function match(split: Vertex, join: Vertex): boolean {
  if (split.kind === 'choice') return join.kind === 'pass' || join.kind === 'any-join' || isSink(join);
  return split.kind === 'fork' && (join.kind === 'all-join' || join.kind === 'any-join' || isSink(join));
}

/** True: the second edge is to go. Ways of an inclusive split meet again in an inclusive join, or at an end. */
function foldSome(known: Edge, edge: Edge): boolean {
  if (edge.to.kind !== 'any-join' && !isSink(edge.to)) return false;
  if (known.taken === 'else' || edge.taken === 'else') {
    // "when no other is taken" can only be folded when this is the last pair
    if (known.from.out.size > 2) return false;
    known.taken = 'always';
    return true;
  }
  for (const other of known.excludes) {
    if (edge.excludes.has(other)) continue;
    other.excludes.delete(known);
    known.excludes.delete(other);
  }
  known.taken = known.taken === 'always' || edge.taken === 'always' ? 'always' : 'maybe';
  return true;
}

/** An inclusive split that has come down to a fork or a choice. */
function becomesPlain(split: Vertex): boolean {
  const ways = [...split.out];
  const maybe = ways.filter((edge) => edge.taken === 'maybe').length;
  if (maybe === 0 && ways.every((edge) => edge.taken === 'always')) split.kind = 'fork';
  else if (maybe <= 1 && ways.every((edge) => edge.taken !== 'always')) split.kind = 'choice';
  else return false;
  return true;
}

/** A choice that may lead back to the merge before it: going round changes nothing. */
function loop(net: Net, merge: Vertex): Vertex[] | undefined {
  if (merge.kind !== 'pass' || merge.out.size !== 1) return undefined;
  const round = only(merge.out);
  const check = round.to;
  if (check.kind !== 'choice' || isBound(check) || check.in.size !== 1) return undefined;
  const back = [...check.out].filter((edge) => edge.to === merge);
  if (back.length === 0 || back.length === check.out.size) return undefined;
  for (const edge of back) {
    net.disconnect(edge);
    absorb(round, edge);
  }
  return [merge, check];
}

/** A parallel branch that meets no other before it ends: it keeps nobody waiting. */
function strayEnd(net: Net, fork: Vertex): Vertex[] | undefined {
  if (fork.kind !== 'fork' || fork.in.size !== 1 || fork.out.size < 2) return undefined;
  const stray = [...fork.out].find((edge) => edge.to === net.end);
  if (!stray) return undefined;
  net.disconnect(stray);
  only(fork.in).parts = [only(fork.in).parts, stray.parts];
  return [fork];
}

function absorb(into: Edge, other: Edge): void {
  into.rests ||= other.rests;
  into.works ||= other.works;
  into.parts = [into.parts, other.parts];
}

function isSink(vertex: Vertex): boolean {
  return vertex.kind === 'end' || vertex.kind === 'clear';
}

/** What is chosen here is bound to what is chosen elsewhere: such a decision is not folded. */
function isBound(split: Vertex): boolean {
  for (const edge of split.out) if (edge.claims.length > 0) return true;
  return false;
}
