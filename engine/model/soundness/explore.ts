import type { Claim, Edge, Net, Vertex } from './net.ts';
import { upstreamEdges } from './reach.ts';
import { choices } from './choices.ts';
import { agree } from './claims.ts';

/** Where tokens stand: edges in order of their numbers, and what was decided on the way. */
export interface Marking {
  readonly edges: readonly number[];
  readonly facts: readonly Claim[];
  /** The marking before, the vertex that a token passed, the way it came, and the ways it took. */
  readonly before?: Marking;
  readonly by?: Vertex;
  readonly via?: Edge;
  readonly taken?: readonly Edge[];
}

export interface Exploration {
  readonly edges: readonly Edge[];
  /** Nothing can happen any more, yet tokens are left. */
  readonly dead: readonly Marking[];
  /** A second token would come to stand on an edge. */
  readonly doubled: readonly {
    readonly before: Marking;
    readonly by: Vertex;
    readonly from: Edge;
    readonly edge: Edge;
  }[];
  /** Edges on which a token stood. */
  readonly reached: ReadonlySet<Edge>;
  /** Every marking was looked at: what was not reached never is. */
  readonly complete: boolean;
}

/** Steps that one look at a model may take in all. */
export class Budget {
  left: number;
  constructor(steps: number) {
    this.left = steps;
  }
}

const MAX_WITNESSES = 50;
/** Steps after which others may have their turn: a few milliseconds. */
const TURN = 2_000;

/**
 * Plays the token game of what is left of a net: every decision both ways, every order in which what waits can go on. As
 * the core does, all that needs nobody runs before anything else, and an inclusive join fires when nothing runs and no
 * token can still come to it (BPMN 2.0.2 §13.4.3).
 */
export function* explore(net: Net, budget: Budget): Generator<void, Exploration> {
  const game = new Game(net);
  const seen = new Set<string>();
  const dead: Marking[] = [];
  const doubled: Exploration['doubled'][number][] = [];
  const reached = new Set<Edge>();
  let turn = budget.left - TURN;
  const open: Marking[] = [{ edges: game.land(net.source.out, reached), facts: [] }];
  for (let marking = open.pop(); marking; marking = open.pop()) {
    const key = `${marking.edges.join()};${textOf(marking.facts)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (budget.left < turn) {
      yield;
      turn = budget.left - TURN;
    }
    budget.left -= marking.edges.length + costOf(marking.facts);
    if (budget.left < 0) return { edges: game.edges, dead, doubled, reached, complete: false };
    for (const at of marking.edges) reached.add(game.edges[at]!);
    const moves = game.moves(marking);
    if (moves === 'dead' && dead.length < MAX_WITNESSES) dead.push(marking);
    if (typeof moves === 'string') continue;
    for (const { by, consumed, ways, facts } of moves) {
      budget.left -= marking.edges.length + ways.length + costOf(facts);
      if (budget.left < 0) break;
      const produced = game.land(ways, reached);
      const rest = marking.edges.filter((at) => !consumed.includes(at));
      const twice = produced.find((at) => rest.includes(at));
      if (twice !== undefined) {
        if (doubled.length < MAX_WITNESSES) {
          doubled.push({ before: marking, by, from: game.edges[consumed[0]!]!, edge: game.edges[twice]! });
        }
        continue;
      }
      const edges = [...rest, ...produced].sort((a, b) => a - b);
      open.push({ edges, facts, before: marking, by, via: game.edges[consumed[0]!]!, taken: ways });
    }
  }
  return { edges: game.edges, dead, doubled, reached, complete: doubled.length === 0 };
}

const texts = new WeakMap<readonly Claim[], string>();

function textOf(facts: readonly Claim[]): string {
  let text = texts.get(facts);
  if (text === undefined) {
    text = facts.map(({ condition, holds }) => `${condition}=${holds}`).join();
    texts.set(facts, text);
  }
  return text;
}

/** Of looking through facts, in steps: a look at one is little beside moving a token. */
function costOf(facts: readonly Claim[]): number {
  return facts.length >> 3;
}

interface Move {
  readonly by: Vertex;
  readonly consumed: readonly number[];
  readonly ways: readonly Edge[];
  readonly facts: readonly Claim[];
}

class Game {
  readonly edges: Edge[] = [];
  readonly #numbers = new Map<Edge, number>();
  readonly #choices = new Map<Vertex, readonly (readonly Edge[])[]>();
  /** Of an inclusive join: way in -> where tokens stand that can still come to it. */
  readonly #upstream = new Map<Vertex, Map<Edge, Set<Edge>>>();

  constructor(net: Net) {
    separateArrivals(net);
    for (const vertex of net.vertices) {
      for (const edge of vertex.out) {
        this.#numbers.set(edge, this.edges.length);
        this.edges.push(edge);
      }
    }
  }

  /** Where tokens sent on these ways come to stand: those that end without a trace are only noted. */
  land(ways: Iterable<Edge>, reached: Set<Edge>): number[] {
    const standing: number[] = [];
    for (const edge of ways) {
      if (edge.to.kind === 'end' && !edge.rests && !edge.works) reached.add(edge);
      else standing.push(this.#numbers.get(edge)!);
    }
    return standing;
  }

  /** What can happen next; `over` when the scope has ended. */
  moves(marking: Marking): Move[] | 'dead' | 'over' {
    const marked = marking.edges.map((at) => this.edges[at]!);
    if (marked.some((edge) => edge.to.kind === 'clear' && !edge.rests)) return 'over';
    const held = new Set(marked);
    for (const edge of marked) {
      if (edge.rests || !this.#isEnabled(edge, held, true)) continue;
      return this.#fire(edge, held, marking);
    }
    const joins = marked.filter((edge) => edge.to.kind === 'any-join' && !edge.rests);
    for (const edge of joins) if (!this.#isAwaited(edge.to, held)) return this.#fire(edge, held, marking);
    const moves: Move[] = [];
    const done = new Set<Vertex>();
    let goesOn = false;
    for (const edge of marked) {
      if (!this.#isEnabled(edge, held, false)) continue;
      goesOn = true;
      if (edge.to.kind === 'clear') continue;
      if (done.has(edge.to) && edge.to.kind === 'all-join') continue;
      done.add(edge.to);
      moves.push(...this.#fire(edge, held, marking));
    }
    if (goesOn) return moves;
    return marked.length === 0 ? 'over' : 'dead';
  }

  #isEnabled(edge: Edge, held: ReadonlySet<Edge>, atOnce: boolean): boolean {
    const { to } = edge;
    if (to.kind === 'any-join') return false;
    if (to.kind !== 'all-join') return true;
    for (const way of to.in) if (!held.has(way) || (atOnce && way.rests)) return false;
    return true;
  }

  #isAwaited(join: Vertex, held: ReadonlySet<Edge>): boolean {
    const upstream = this.#upstreamOf(join);
    const ways = [...join.in];
    const [filled, empty] = [ways.filter((way) => held.has(way)), ways.filter((way) => !held.has(way))];
    for (const edge of held) {
      if (edge.to === join) continue;
      if (empty.some((way) => upstream.get(way)!.has(edge)) && !filled.some((way) => upstream.get(way)!.has(edge)))
        return true;
    }
    return false;
  }

  #upstreamOf(join: Vertex): Map<Edge, Set<Edge>> {
    let sets = this.#upstream.get(join);
    if (!sets) {
      sets = new Map([...join.in].map((way) => [way, upstreamEdges(way, join)]));
      this.#upstream.set(join, sets);
    }
    return sets;
  }

  #fire(edge: Edge, held: ReadonlySet<Edge>, marking: Marking): Move[] {
    const by = edge.to;
    const joins = by.kind === 'all-join' || by.kind === 'any-join';
    const consumed = (joins ? [...by.in].filter((way) => held.has(way)) : [edge]).map((way) => this.#numbers.get(way)!);
    let options = this.#choices.get(by);
    if (!options) this.#choices.set(by, (options = choices(by)));
    return options.flatMap((ways) => {
      const facts = agree(marking.facts, ways);
      if (!facts) return [];
      return [{ by, consumed, ways, facts }];
    });
  }
}

/** To an inclusive join it matters whether a token has arrived or is still on its way. */
function separateArrivals(net: Net): void {
  for (const join of [...net.vertices]) {
    if (join.kind !== 'any-join') continue;
    for (const edge of [...join.in]) {
      if (!edge.rests) continue;
      const arrival = net.add('pass', join.node);
      net.redirect(edge, arrival);
      net.connect(arrival, join, { flow: edge.flow });
    }
  }
}
