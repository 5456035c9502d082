import { groupBy } from '../kernel/group-by.ts';
import type { Node, PhaseLimits, ProcessGraph } from './graph.ts';

export type PhaseName = keyof PhaseLimits | 'handling';

export type Step = Pick<Node, 'id' | 'scope'> & {
  readonly milestone?: string;
  readonly attachedTo?: string;
  readonly triggeredByEvent?: boolean;
};
interface Way {
  readonly id: string;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  readonly milestone?: string;
}

/** A model as far as its phases matter, parsed or compiled. */
export interface PhasePlan<N extends Step> {
  readonly nodes: readonly N[];
  readonly flows: readonly Way[];
  readonly byId: ReadonlyMap<string, N>;
  incoming(node: string): readonly Way[];
  outgoing(node: string): readonly Way[];
  /** Boundary events attached to an activity. */
  boundary(node: string): readonly N[];
  /** Nodes directly inside a sub-process; '' is the process. */
  inside(scope: string): readonly N[];
  /** It waits for all that leads to it. */
  joins(node: N): boolean;
}

/** Of a compiled model. */
export function planOf({ nodes, flows }: ProcessGraph): PhasePlan<Node> {
  const all = Object.values(nodes);
  const inside = groupBy(all, ({ scope }) => scope);
  const flowsOf = (ids: readonly string[] = []) => ids.map((id) => flows[id]!);
  return {
    nodes: all,
    flows: Object.values(flows),
    byId: new Map(Object.entries(nodes)),
    incoming: (id) => flowsOf(nodes[id]?.incoming),
    outgoing: (id) => flowsOf(nodes[id]?.outgoing),
    boundary: (id) => (nodes[id]?.boundary ?? []).map((event) => nodes[event]!),
    inside: (scope) => inside.get(scope) ?? [],
    joins: ({ kind }) => kind === 'parallelGateway',
  };
}

/** Phases in order; after the last one no clock runs. */
const ORDER: readonly PhaseName[] = ['acceptance', 'handling', 'delivery'];
const OVER = ORDER.length;

export function isLaterPhase(a: PhaseName, b: PhaseName): boolean {
  return ORDER.indexOf(a) > ORDER.indexOf(b);
}

/** The phase after a milestone, by its place in the order (engine/time/phases.ts moves the clocks of a case so). */
function after(milestone: string | undefined, rank: number): number {
  switch (milestone) {
    case 'accepted':
      return Math.max(rank, 1);
    case 'decided':
      return Math.max(rank, 2);
    case 'delivered':
      return OVER;
    case 'notAccepted':
      return rank === 0 ? OVER : rank;
    default:
      return rank;
  }
}

/**
 * The phase in which an element comes first: along each path milestones take the case further, and a parallel join goes on
 * in the latest phase of what it joins. Undefined where it never comes, or no path tells.
 */
export function phaseOfNodes<N extends Step>(plan: PhasePlan<N>): (node: Pick<N, 'id'>) => PhaseName | undefined {
  const { nodes, flows, byId } = plan;
  const marks = [...nodes, ...flows].filter(({ milestone }) => milestone !== undefined);
  if (marks.length === 0) return () => 'handling';
  const passing = new Set<string>();
  for (const mark of marks)
    for (let at = scopeOf(plan, mark); at !== undefined && !passing.has(at); at = byId.get(at)?.scope) passing.add(at);
  const ranks = new Map<string, number>();
  playScope(
    { plan, passing, ranks, known: new Map() },
    '',
    marks.some(({ milestone }) => milestone === 'accepted') ? 0 : 1,
  );
  return ({ id }) => ORDER[ranks.get(id) ?? OVER];
}

/** A flow stays in one scope. */
function scopeOf<N extends Step>({ byId }: PhasePlan<N>, mark: N | Way): string | undefined {
  if ('scope' in mark) return mark.scope;
  return mark.source === undefined ? undefined : byId.get(mark.source)?.scope;
}

interface Play<N extends Step> {
  readonly plan: PhasePlan<N>;
  /** Scopes in which a milestone may be passed. */
  readonly passing: ReadonlySet<string>;
  /** The earliest phase of each node. */
  readonly ranks: Map<string, number>;
  /** In which phase a scope ends that begins in one: found once for each. */
  readonly known: Map<string, number>;
}

/** Plays one scope from the phase in which it begins; the phase in which it ends, `OVER` where its ends do not agree. */
function playScope<N extends Step>(play: Play<N>, scope: string, begin: number): number {
  const key = `${begin} ${scope}`;
  const known = play.known.get(key);
  if (known !== undefined) return known;
  const { plan, passing, ranks } = play;
  const inside = plan.inside(scope);
  const here = new Map<string, number>();
  const along = new Map<string, number>();
  const work: N[] = [];
  const arrive = (node: N | undefined, rank: number): void => {
    if (!node || rank >= (here.get(node.id) ?? Infinity)) return;
    here.set(node.id, rank);
    work.push(node);
  };
  for (const node of inside) {
    const entered = plan.incoming(node.id).length > 0 || node.attachedTo !== undefined;
    // what an event begins comes at any time
    if (!entered && !(node.triggeredByEvent && passing.has(scope))) arrive(node, begin);
  }
  for (let node = work.pop(); node; node = work.pop()) {
    const rank = here.get(node.id)!;
    const end = plan.inside(node.id).length > 0 ? playScope(play, node.id, rank) : rank;
    for (const flow of plan.outgoing(node.id)) {
      along.set(flow.id, after(flow.milestone, after(node.milestone, end)));
      const target = flow.target === undefined ? undefined : plan.byId.get(flow.target);
      if (target) arrive(target, joined(plan, target, along));
    }
    if (!passing.has(node.id)) for (const event of plan.boundary(node.id)) arrive(event, rank);
  }
  for (const [id, rank] of here) ranks.set(id, Math.min(rank, ranks.get(id) ?? OVER));
  const ends = inside.filter(({ id }) => here.has(id) && plan.outgoing(id).length === 0);
  const last = new Set(ends.map((node) => after(node.milestone, here.get(node.id)!)).filter((rank) => rank < OVER));
  const end = last.size === 1 ? [...last][0]! : OVER;
  play.known.set(key, end);
  return end;
}

/** In which phase a node begins by what came along its flows so far; a parallel join waits for all of them. */
function joined<N extends Step>(plan: PhasePlan<N>, node: N, along: ReadonlyMap<string, number>): number {
  const ways = plan.incoming(node.id).map(({ id }) => along.get(id) ?? Infinity);
  return plan.joins(node) ? Math.max(...ways) : Math.min(...ways);
}
