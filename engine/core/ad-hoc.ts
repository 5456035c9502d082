import { Rejection } from '../kernel/rejection.ts';
import type { Node } from '../model/graph.ts';
import { Trouble, type Run } from './run.ts';
import { clearScope } from './scope.ts';
import type { CaseState, Scope } from './state.ts';
import { openSubProcessScope } from './sub-process.ts';
import { visibleVariables } from './variables.ts';

/** One command begins at most this many activities. */
const MAX_CHOSEN = 100;

/**
 * Opens an ad-hoc sub-process (BPMN 2.0.2 §13.3.5): any of its activities that no flow leads to may begin, any number of
 * times, in parallel or one after another. Somebody chooses them, or the model says with which to begin.
 *
 * It ends when its completion condition, asked whenever an activity in it has ended, is true; or when somebody says so;
 * or, where the model chose the activities and has no condition, when these are done. Without any of this it stays open
 * although nothing runs in it. What still runs then is cancelled, unless cancelRemainingInstances is false.
 */
export function openAdHoc(run: Run, node: Node, scopeId: string, variables: Scope['variables']): void {
  const begin = node.adHoc!.begin && run.evaluate(node.adHoc!.begin, visibleVariables(run, scopeId, variables)).value;
  const chosen = begin === undefined ? [] : checkedBegin(run, node, begin);
  const scope = openSubProcessScope(run, node, scopeId, variables);
  scope.adHoc = {};
  scope.live = 0;
  run.quiet.add(scope.id);
  if (chosen.length > 0) beginActivities(run, scope.id, chosen);
}

/** Trouble `ad_hoc.bad_begin` */
function checkedBegin(run: Run, node: Node, value: unknown): string[] {
  const choosable = run.model.entries[node.id]!;
  const ids = Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
  if (Array.isArray(value) && ids.length === value.length && ids.every((id) => choosable.includes(id))) return ids;
  throw new Trouble(
    'ad_hoc.bad_begin',
    `Expected '${node.adHoc!.begin!.text}' to list activities of '${node.id}', but it gave ${JSON.stringify(value)?.slice(0, 200)}`,
  );
}

/** `ad_hoc.not_open`, `ad_hoc.nothing_chosen`, `ad_hoc.too_many`, `ad_hoc.unknown_activity` (details.activity) */
export function activateAdHoc(run: Run, token: string, activities: readonly string[]): void {
  const scope = openScopeOf(run, token);
  if (activities.length === 0 || activities.length > MAX_CHOSEN) {
    const code = activities.length === 0 ? 'ad_hoc.nothing_chosen' : 'ad_hoc.too_many';
    const but = `${activities.length} were chosen`;
    throw new Rejection('invalid', code, `Expected 1 to ${MAX_CHOSEN} activities, but ${but}`, { limit: MAX_CHOSEN });
  }
  const choosable = run.model.entries[scope.node]!;
  const unknown = activities.find((activity) => !choosable.includes(activity));
  if (unknown !== undefined) {
    throw new Rejection(
      'invalid',
      'ad_hoc.unknown_activity',
      `Expected an activity to choose in '${scope.node}', but '${unknown}' is none`,
      { activity: unknown },
    );
  }
  beginActivities(run, scope.id, activities);
}

/** `ad_hoc.not_open` */
export function completeAdHoc(run: Run, token: string): void {
  endAdHoc(run, openScopeOf(run, token).id);
}

function openScopeOf(run: Run, token: string): Scope {
  const scope = findAdHocScope(run.state, token);
  if (scope?.adHoc && !scope.adHoc.ending) return scope;
  throw new Rejection(
    'conflict',
    'ad_hoc.not_open',
    `Expected an open ad-hoc sub-process at '${token}', but it is not`,
    {
      token,
    },
  );
}

/** The scope of the ad-hoc sub-process that a token waits for. */
export function findAdHocScope(state: CaseState, token: string): Scope | undefined {
  if (state.tokens[token]?.wait !== 'scope') return undefined;
  return Object.values(state.scopes).find((scope) => scope.owner === token && scope.adHoc);
}

function beginActivities(run: Run, scopeId: string, activities: readonly string[]): void {
  const scope = run.scope(scopeId);
  run.event('ad_hoc.chosen', scope.node, scope.owner, { activities: [...activities] });
  const { sequential } = run.node(scope.node).adHoc!;
  if (sequential) {
    scope.adHoc = { ...scope.adHoc, waiting: [...(scope.adHoc!.waiting ?? []), ...activities] };
    if (scope.live === 0) beginNext(run, scope);
    return;
  }
  for (const activity of activities) begin(run, scope, activity);
}

function beginNext(run: Run, scope: Scope): void {
  const [next, ...waiting] = scope.adHoc!.waiting!;
  scope.adHoc = waiting.length > 0 ? { waiting } : {};
  begin(run, scope, next!);
}

function begin(run: Run, scope: Scope, activity: string): void {
  scope.live++;
  run.quiet.delete(scope.id);
  run.push({ do: 'arrive', node: run.node(activity), scope: scope.id, flow: null });
}

/** Asked before a node leaves, so that a condition that fails leaves everything as it is: is the sub-process around it over? */
export function endsAdHoc(run: Run, node: Node, scopeId: string): boolean {
  const { adHoc, node: around } = run.state.scopes[scopeId]!;
  if (!adHoc || adHoc.ending || /Event$|Gateway$/.test(node.kind)) return false;
  const { completion } = run.node(around).adHoc!;
  if (!completion) return false;
  const { value } = run.evaluate(completion, visibleVariables(run, scopeId));
  if (typeof value === 'boolean') return value;
  throw new Trouble(
    'condition.not_boolean',
    `Expected '${completion.text}' to be true or false, but it gave ${JSON.stringify(value)}`,
  );
}

/** Nothing more can be chosen; what still runs is cancelled, or waited for where the model says so. */
export function endAdHoc(run: Run, scopeId: string): void {
  const { node, owner } = run.state.scopes[scopeId]!;
  run.event('ad_hoc.ending', node, owner);
  if (run.node(node).adHoc!.cancelRemaining) clearScope(run, scopeId);
  const scope = run.scope(scopeId);
  scope.adHoc = { ending: true };
  if (scope.live === 0) run.quiet.add(scopeId);
}

/** No token is alive in an ad-hoc sub-process. True: it stays open, for the next in turn or the next choice. */
export function staysOpen(run: Run, scopeId: string): boolean {
  const { adHoc, node } = run.state.scopes[scopeId]!;
  if (!adHoc || adHoc.ending) return false;
  if (adHoc.waiting) {
    beginNext(run, run.scope(scopeId));
    return true;
  }
  const { begin: chosenByModel, completion } = run.node(node).adHoc!;
  return !chosenByModel || completion !== undefined;
}
