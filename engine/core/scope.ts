import type { Scope, Token } from './state.ts';
import type { Run } from './run.ts';
import { disarmAll } from './armed.ts';

/** The token outside that waits for the scope. A multi-instance body waits for all its instances. */
export function ownerToken(run: Run, scope: Scope): Token | undefined {
  const holder = scope.kind === 'instance' ? run.state.scopes[scope.parent!]! : scope;
  return holder.owner === undefined ? undefined : run.state.tokens[holder.owner];
}

/** Ends everything inside these scopes at once: tasks, jobs, timers, messages, and work not yet done. */
export function cancelScopes(run: Run, roots: readonly string[]): void {
  const doomed = new Set(roots);
  // parents are numbered before their children, so one pass in order finds every descendant
  for (const scope of Object.values(run.state.scopes)) {
    if (scope.parent !== undefined && doomed.has(scope.parent)) doomed.add(scope.id);
  }
  run.drop(doomed);
  for (const token of Object.values(run.state.tokens)) if (doomed.has(token.scope)) removeToken(run, token);
  for (const id of doomed) {
    delete run.state.scopes[id];
    run.quiet.delete(id);
  }
}

/** Cancels one token and whatever it waits for. Does not touch its scope's count. */
export function cancelToken(run: Run, token: Token): void {
  // only who waits for a scope owns one: no other token is worth the look at every scope
  const all = token.wait === 'scope' ? Object.values(run.state.scopes) : [];
  const inner = all.filter((scope) => scope.owner === token.id);
  if (inner.length > 0)
    cancelScopes(
      run,
      inner.map((scope) => scope.id),
    );
  removeToken(run, token);
}

function removeToken(run: Run, token: Token): void {
  if (token.wait === 'task') run.effects.push({ type: 'close-task', token: token.id, outcome: 'cancelled' });
  if (token.wait === 'job' || token.wait === 'continue')
    run.effects.push({ type: 'remove-job', token: token.id, work: token.work! });
  if (token.wait === 'case') run.effects.push({ type: 'cancel-call', token: token.id, work: token.work! });
  if (token.incident) run.effects.push({ type: 'resolve-incident', token: token.id });
  disarmAll(run, token);
  delete run.state.tokens[token.id];
  if (token.wait !== 'listener') run.event('element.cancelled', token.node, token.id);
}

/** Ends everything in the case at once; what becomes of the case is the caller's to say. */
export function cancelAll(run: Run): void {
  clearScope(run, '0');
  run.quiet.clear();
}

/** A terminate end event: nothing else in this scope goes on; the scope itself ends normally. */
export function terminateScope(run: Run, scopeId: string): void {
  clearScope(run, scopeId);
  run.quiet.add(scopeId);
  if (run.scope(scopeId).parent === undefined) run.terminated = true;
}

/** Ends everything that goes on in a scope at once, also what waits at joins or listens for events; the scope stays. */
export function clearScope(run: Run, scopeId: string): void {
  const children = Object.values(run.state.scopes).filter((scope) => scope.parent === scopeId);
  cancelScopes(
    run,
    children.map((scope) => scope.id),
  );
  run.drop(new Set([scopeId]));
  for (const token of Object.values(run.state.tokens)) if (token.scope === scopeId) removeToken(run, token);
  const scope = run.scope(scopeId);
  delete scope.joins;
  delete scope.fired;
  delete scope.listeners;
  scope.live = 0;
}
