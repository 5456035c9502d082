import { entriesOf } from '../entries.ts';
import type { LintContext } from '../lint/rule.ts';
import { linkOf } from '../link-flows.ts';
import type { ParsedFlow, ParsedNode } from '../parsed-model.ts';
import { sharedClaims, type ClaimsOf } from './claims.ts';
import { excludeEachOther, literals } from './condition.ts';
import { Net, type EdgeParts, type Vertex } from './net.ts';
import { COMPARED, conditionText, takeableFlows } from './takeable-flows.ts';
import { boundaryKind, canAnalyse, endKind, standsBeside, waits } from './token-roles.ts';

/** Nodes after which others may have their turn. */
const TURN = 200;

/**
 * The tokens of one scope ('' is the process) as a net; undefined where the scope holds something of which we cannot say
 * what it does with tokens, and where the drawing itself is broken.
 */
export function* buildNet(context: LintContext, scope: string): Generator<void, Net | undefined> {
  const nodes = context.inside(scope).filter((node) => !standsBeside(node));
  if (!canAnalyse(context, scope, nodes)) return undefined;
  const builder = new NetBuilder(context, scope, nodes);
  for (const [at, node] of nodes.entries()) {
    builder.addNode(node);
    if (at % TURN === 0) yield;
  }
  builder.addStarts(scope, nodes);
  return builder.net;
}

class NetBuilder {
  readonly net: Net;
  readonly #context: LintContext;
  readonly #entries: ReadonlyMap<string, Vertex>;
  readonly #claims: ClaimsOf;

  constructor(context: LintContext, scope: string, nodes: readonly ParsedNode[]) {
    this.net = new Net(scope);
    this.#context = context;
    this.#entries = new Map(nodes.map((node) => [node.id, this.#entry(node)]));
    this.#claims = sharedClaims(context, nodes);
  }

  /** One event begins a case; without any, everything that nothing leads to begins at once. */
  addStarts(scope: string, nodes: readonly ParsedNode[]): void {
    const starts = entriesOf(nodes, (id) => this.#context.incoming(id).length > 0);
    const isBegun = starts.some((node) => node.type === 'startEvent' || node.instantiate);
    const first = this.net.add(isBegun ? 'choice' : 'fork', scope);
    this.net.connect(this.net.source, first);
    for (const { id } of starts) this.net.connect(first, this.#entries.get(id)!, { works: true });
  }

  /** What the element does, its boundary events included, and where its tokens go. */
  addNode(node: ParsedNode): void {
    const { net } = this;
    const entry = this.#entries.get(node.id)!;
    const rests = waits(this.#context, node);
    const works = !node.type.endsWith('Gateway') && !isSilent(node);
    if (node.type === 'endEvent') {
      net.connect(entry, endKind(node) === 'clear' ? net.clear : net.end, { works, parts: node.id });
      return;
    }
    const events = this.#context.boundary(node.id).map((event) => ({ event, kind: boundaryKind(event) }));
    let at = entry;
    for (const { event, kind } of events) if (kind === 'beside') at = this.#addBeside(at, node, event, rests);
    const instead = events.filter(({ kind }) => kind === 'instead');
    if (instead.length === 0) {
      this.#addWays(node, at, { rests, works, parts: node.id, flow: '' });
      return;
    }
    const outcome = net.add('choice', node.id);
    net.connect(at, outcome, { rests, works, parts: node.id });
    this.#addWays(node, outcome, { rests: false, works: false, parts: [], flow: '' });
    for (const { event } of instead) net.connect(outcome, this.#entries.get(event.id)!);
  }

  #entry(node: ParsedNode): Vertex {
    const joins = this.#context.incoming(node.id).length > 1;
    if (joins && node.type === 'parallelGateway') return this.net.add('all-join', node.id);
    return this.net.add(joins && node.type === 'inclusiveGateway' ? 'any-join' : 'pass', node.id);
  }

  /** A boundary event that does not interrupt: while the activity goes on, a second token may go its own way. */
  #addBeside(at: Vertex, node: ParsedNode, event: ParsedNode, rests: boolean): Vertex {
    const { net } = this;
    net.spawning.add(event.id);
    const fork = net.add('fork', event.id);
    const happens = net.add('choice', event.id);
    net.connect(at, fork, { rests, parts: node.id });
    net.connect(fork, happens, { rests: true });
    net.connect(happens, this.#entries.get(event.id)!);
    net.connect(happens, net.end);
    return fork;
  }

  #addWays(node: ParsedNode, from: Vertex, what: EdgeParts): void {
    const { net } = this;
    const { how, always, maybe, fallback } = takeableFlows(node, this.#context.outgoing(node.id));
    const count = always.length + maybe.length + (fallback ? 1 : 0);
    if (count === 0) {
      net.connect(from, net.end, what);
      return;
    }
    if (count === 1) {
      const [flow] = [...always, ...maybe, fallback];
      net.connect(from, this.#target(flow!), { ...what, parts: [what.parts, flow!.id], flow: flow!.id });
      return;
    }
    const split = net.add(how === 'all' ? 'fork' : how === 'one' ? 'choice' : 'some', node.id);
    net.connect(from, split, what);
    const way = (flow: ParsedFlow, taken: 'always' | 'maybe' | 'else') => {
      const edge = net.connect(split, this.#target(flow), { parts: flow.id, flow: flow.id });
      edge.taken = taken;
      edge.claims = taken === 'always' ? [] : this.#claims(node, flow, taken === 'else' ? maybe : []);
      return edge;
    };
    for (const flow of always) way(flow, 'always');
    const open = maybe.map((flow) => ({ edge: way(flow, 'maybe'), says: literals(conditionText(flow) ?? '') }));
    if (fallback) way(fallback, 'else');
    if (how !== 'some' || open.length > COMPARED) return;
    for (const one of open) {
      for (const other of open) if (excludeEachOther(one.says, other.says)) one.edge.excludes.add(other.edge);
    }
  }

  #target(flow: ParsedFlow): Vertex {
    return this.#entries.get(flow.target!)!;
  }
}

/** An event that only marks a place: passing it twice is not noticed. */
function isSilent(node: ParsedNode): boolean {
  return node.type.endsWith('Event') && (node.events.length === 0 || linkOf(node) !== undefined);
}
