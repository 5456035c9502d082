import type { LintContext } from '../lint/rule.ts';
import { buildNet } from './build-net.ts';
import { drawnFrom, neverReached, type DeadCode } from './dead-code.ts';
import { Budget, explore, type Exploration } from './explore.ts';
import { prune } from './prune.ts';
import { reduce } from './reduce.ts';
import { standsBeside } from './token-roles.ts';
import { explainDead, explainDoubled, type Doubled, type Stuck } from './witness.ts';

/** What the token game says about a model. Every finding has a run of the model behind it. */
export interface Soundness {
  readonly stuck: readonly Stuck[];
  readonly doubled: readonly Doubled[];
  readonly deadCode: readonly DeadCode[];
  /** Not every run of every scope was looked at: there may be more to find. */
  readonly partial: boolean;
}

/** Tokens that may be moved for one upload: tens of milliseconds. Beyond, what was found by then is told. */
const STEPS = 300_000;

const known = new WeakMap<LintContext, Soundness>();

/**
 * Plays the token game of each scope by itself: tokens never cross its border, and every sub-process is taken to end, so that
 * trouble behind one that gets stuck inside is told as well. Made once per model.
 */
export function soundnessOf(context: LintContext): Soundness {
  const turns = analyse(context);
  for (let turn = turns.next(); !turn.done; turn = turns.next());
  return known.get(context)!;
}

/** The same for later calls of `soundnessOf`, in short turns: each `next` does a little of it. */
export function* prepareSoundness(context: LintContext): Generator<void> {
  yield* analyse(context);
}

function* analyse(context: LintContext): Generator<void> {
  if (known.has(context)) return;
  const stuck: Stuck[] = [];
  const doubled: Doubled[] = [];
  const deadCode: DeadCode[] = [];
  const budget = new Budget(STEPS);
  const targets = new Map(context.flows.map(({ id, target }) => [id, target]));
  let partial = false;
  for (const open = ['']; open.length > 0;) {
    const scope = open.pop()!;
    const played = yield* play(context, scope, budget);
    const joins = played ? explainDead(played) : [];
    const dead = played ? neverReached(context, scope, played, joins) : [];
    partial ||= !played?.complete;
    stuck.push(...joins);
    deadCode.push(...dead);
    if (played) doubled.push(...explainDoubled(targets, played));
    // what happens inside an element that never runs is no trouble yet
    open.push(...enteredScopes(context, scope, new Set(dead.flatMap(({ first, rest }) => [first, ...rest]))));
  }
  known.set(context, { stuck, doubled, deadCode, partial });
}

function* play(context: LintContext, scope: string, budget: Budget): Generator<void, Exploration | undefined> {
  const net = yield* buildNet(context, scope);
  if (!net) return undefined;
  prune(net);
  yield* reduce(net);
  const kinds = new Set([...net.vertices].map(({ kind }) => kind));
  // when a second token may come from a boundary event is known only to a running case
  if (kinds.has('any-join') && [...net.vertices].some(({ node }) => net.spawning.has(node))) return undefined;
  const played = yield* explore(net, budget);
  // a boundary event that happens again is played once: enough to show trouble, not to prove that something never runs
  return net.spawning.size > 0 ? { ...played, complete: false } : played;
}

function enteredScopes(context: LintContext, scope: string, dead: ReadonlySet<string>): string[] {
  const inner = context.inside(scope).filter(({ id }) => context.inside(id).length > 0);
  if (inner.length === 0) return [];
  const drawn = drawnFrom(context, scope);
  return inner.filter((node) => standsBeside(node) || (drawn.has(node.id) && !dead.has(node.id))).map(({ id }) => id);
}
