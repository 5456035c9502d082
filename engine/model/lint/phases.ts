import type { PhaseLimits } from '../graph.ts';
import type { ParsedNode } from '../parsed-model.ts';
import type { LintContext } from './rule.ts';
import { nextNodes } from './walk.ts';

export type PhaseName = keyof PhaseLimits | 'handling';

export const PHASE_WORDS = {
  acceptance: { zh: '受理审查', en: 'the acceptance review' },
  handling: { zh: '办理', en: 'the handling' },
  delivery: { zh: '送达', en: 'the delivery' },
} as const;

/** Phases in order; after the last one no clock runs. */
const ORDER: readonly PhaseName[] = ['acceptance', 'handling', 'delivery'];
const OVER = ORDER.length;

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
export function phaseOfNodes(context: LintContext): (node: ParsedNode) => PhaseName | undefined {
  const { nodes, flows, byId } = context;
  const marks = [...nodes, ...flows].filter(({ milestone }) => milestone !== undefined);
  if (marks.length === 0) return () => 'handling';
  const passing = new Set<string>();
  for (const { scope } of marks)
    for (let at: string | undefined = scope; at !== undefined && !passing.has(at); at = byId.get(at)?.scope)
      passing.add(at);
  const ranks = new Map<string, number>();
  playScope(
    { context, passing, ranks, known: new Map() },
    '',
    marks.some(({ milestone }) => milestone === 'accepted') ? 0 : 1,
  );
  return ({ id }) => ORDER[ranks.get(id) ?? OVER];
}

/** Where a token may go next within one phase. */
export function nextInPhase(context: LintContext, node: ParsedNode): string[] {
  const ways = context.outgoing(node.id);
  const past = node.milestone === undefined ? ways.filter(({ milestone }) => milestone !== undefined) : ways;
  const next = nextNodes(context, node);
  return past.length === 0 ? next : next.filter((id) => !past.some(({ target }) => target === id));
}

interface Play {
  readonly context: LintContext;
  /** Scopes in which a milestone may be passed. */
  readonly passing: ReadonlySet<string>;
  /** The earliest phase of each node. */
  readonly ranks: Map<string, number>;
  /** In which phase a scope ends that begins in one: found once for each. */
  readonly known: Map<string, number>;
}

/** Plays one scope from the phase in which it begins; the phase in which it ends, `OVER` where its ends do not agree. */
function playScope(play: Play, scope: string, begin: number): number {
  const key = `${begin} ${scope}`;
  const known = play.known.get(key);
  if (known !== undefined) return known;
  const { context, passing, ranks } = play;
  const inside = context.inside(scope);
  const here = new Map<string, number>();
  const along = new Map<string, number>();
  const work: ParsedNode[] = [];
  const arrive = (node: ParsedNode | undefined, rank: number): void => {
    if (!node || rank >= (here.get(node.id) ?? Infinity)) return;
    here.set(node.id, rank);
    work.push(node);
  };
  for (const node of inside) {
    const entered = context.incoming(node.id).length > 0 || node.attachedTo !== undefined;
    // what an event begins comes at any time
    if (!entered && !(node.triggeredByEvent && passing.has(scope))) arrive(node, begin);
  }
  for (let node = work.pop(); node; node = work.pop()) {
    const rank = here.get(node.id)!;
    const end = context.inside(node.id).length > 0 ? playScope(play, node.id, rank) : rank;
    for (const flow of context.outgoing(node.id)) {
      along.set(flow.id, after(flow.milestone, after(node.milestone, end)));
      const target = flow.target === undefined ? undefined : context.byId.get(flow.target);
      if (target) arrive(target, joined(context, target, along));
    }
    if (!passing.has(node.id)) for (const event of context.boundary(node.id)) arrive(event, rank);
  }
  for (const [id, rank] of here) ranks.set(id, Math.min(rank, ranks.get(id) ?? OVER));
  const ends = inside.filter(({ id }) => here.has(id) && context.outgoing(id).length === 0);
  const last = new Set(ends.map((node) => after(node.milestone, here.get(node.id)!)).filter((rank) => rank < OVER));
  const end = last.size === 1 ? [...last][0]! : OVER;
  play.known.set(key, end);
  return end;
}

/** In which phase a node begins by what came along its flows so far; a parallel join waits for all of them. */
function joined({ incoming }: LintContext, node: ParsedNode, along: ReadonlyMap<string, number>): number {
  const ways = incoming(node.id).map(({ id }) => along.get(id) ?? Infinity);
  return node.type === 'parallelGateway' ? Math.max(...ways) : Math.min(...ways);
}
