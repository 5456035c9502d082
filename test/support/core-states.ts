import { step, type CaseState, type Command, type StepResult } from '../../engine/core/index.ts';
import { compileExpression } from '../../engine/expressions/index.ts';
import { compile, type ExpressionCompiler } from '../../engine/model/compile.ts';
import type { ParsedModel } from '../../engine/model/parsed-model.ts';
import { possibleCommands } from './random-walk.ts';

/** Everything that can become of a case of the model. */
export interface CoreStates {
  /** Joins that waited for tokens when nothing else was left. */
  stuck: Set<string>;
  /** Nodes at which two tokens of one scope were at the same time. */
  doubled: Set<string>;
  /** Nodes that were entered or passed. */
  reached: Set<string>;
  /** Nodes from which a token went on. */
  left: Set<string>;
  /** False: there are more states than were looked at. */
  complete: boolean;
}

/** Of one command; with more of them the picture is not complete. */
const MOST_WAYS = 128;

/**
 * Runs the model on the core in every way: each decision `q1`, `q2` … both ways, all that waits in every order. States that
 * hold the same tokens at the same places count as one; where three tokens stand at one place it goes no further.
 */
export function exploreCore(model: ParsedModel, limit: number): CoreStates {
  let script: boolean[] = [];
  let asked = 0;
  const answer = () => {
    if (asked === script.length) script.push(false);
    return { ok: true as const, value: script[asked++]!, warnings: [] };
  };
  const compiler: ExpressionCompiler = (text) =>
    /^q\d+$/.test(text) ? { ok: true, expression: { text, names: [], evaluate: answer } } : compileExpression(text);
  const graph = compile(model, compiler);
  const found: CoreStates = {
    stuck: new Set(),
    doubled: new Set(),
    reached: new Set(),
    left: new Set(),
    complete: true,
  };
  const seen = new Set<string>();
  const open: { state: CaseState; now: number }[] = [];

  const look = (result: StepResult & { done: true }, now: number) => {
    for (const { node, type } of result.events) {
      if (node !== undefined && type !== 'incident.opened') found.reached.add(node);
      if (node !== undefined && type === 'element.completed') found.left.add(node);
    }
    const { state } = result;
    const places = crowded(state);
    for (const { node, count } of places) if (count > 1) found.doubled.add(node);
    for (const token of Object.values(state.tokens)) {
      // the step ended before the case came to rest: what it would have met is not seen
      if (token.incident?.code === 'case.step_budget') found.complete = false;
      if (token.incident?.code !== 'join.never_fires') continue;
      for (const join of Object.keys(state.scopes[token.scope]!.joins ?? {})) found.stuck.add(join);
    }
    if (state.status !== 'active') return;
    if (places.some(({ count }) => count > 2)) {
      found.complete = false;
      return;
    }
    const key = keyOf(state);
    if (seen.has(key)) return;
    seen.add(key);
    open.push({ state, now });
  };
  const takeEveryWay = (state: CaseState | null, command: Command, now: number) => {
    script = [];
    for (let ways = 1; ; ways++) {
      // a loop of decisions has twice as many ways with each round
      if (ways > MOST_WAYS) {
        found.complete = false;
        return;
      }
      asked = 0;
      const result = step(graph, state, command, { now, budget: 500 });
      if (!result.done) throw new Error(`expected no help, but the step needs some: ${JSON.stringify(result)}`);
      look(result, now);
      script.length = asked;
      while (script.at(-1) === true) script.pop();
      if (script.length === 0) return;
      script[script.length - 1] = true;
    }
  };

  takeEveryWay(null, { type: 'start', variables: {} }, Date.parse('2026-03-02T01:00:00Z'));
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.size > limit) return { ...found, complete: false };
    for (const { command, now } of possibleCommands(next.state, next.now)) takeEveryWay(next.state, command, now);
  }
  return found;
}

function crowded(state: CaseState): { node: string; count: number }[] {
  const counts = new Map<string, { node: string; count: number }>();
  const add = (scope: string, node: string, count: number) => {
    const key = `${scope} ${node}`;
    const place = counts.get(key) ?? { node, count: 0 };
    place.count = Math.max(place.count + (count === 1 ? 1 : 0), count);
    counts.set(key, place);
  };
  for (const token of Object.values(state.tokens)) if (token.wait !== 'incident') add(token.scope, token.node, 1);
  for (const scope of Object.values(state.scopes)) {
    for (const [join, held] of Object.entries(scope.joins ?? {})) {
      for (const count of Object.values(held)) if (count > 1) add(scope.id, join, count);
    }
  }
  return [...counts.values()];
}

/** The state without numbers and data: scopes inside the tokens that own them. */
function keyOf(state: CaseState): string {
  const scopeKey = (id: string): string => {
    const scope = state.scopes[id]!;
    const tokens = Object.values(state.tokens).filter((token) => token.scope === id);
    const inner = Object.values(state.scopes).filter((each) => each.parent === id);
    const keys = tokens.map((token) => {
      const owned = inner.filter((each) => each.owner === token.id).map((each) => scopeKey(each.id));
      return `${token.node}:${token.wait}:${Object.keys(token.armed ?? {}).join('+')}(${owned.join()})`;
    });
    const instances = inner.filter((each) => each.kind === 'instance').map((each) => scopeKey(each.id));
    const { multi } = scope;
    return JSON.stringify([
      keys.sort(),
      instances.sort(),
      sorted(scope.joins),
      multi && [multi.total, multi.started, multi.completed],
    ]);
  };
  return scopeKey('0');
}

function sorted(joins: CaseState['scopes'][string]['joins']): unknown {
  return Object.entries(joins ?? {})
    .map(([join, held]) => [join, Object.entries(held).sort()])
    .sort();
}
