import { listenAgain } from '../event-sub-process.ts';
import { instanceCancelled } from '../multi-instance.ts';
import type { Run } from '../run.ts';
import { cancelToken } from '../scope.ts';
import type { Command } from '../step-types.ts';
import { MAX_OPERATIONS, type Done, type Operation } from './operation.ts';
import { refusal } from './refusal.ts';
import { dropStuck, sourcesAt, takeAway } from './sources.ts';
import { sendTo } from './target.ts';

/**
 * Changes where a case stands (issue of repair, not of the process): applies the operations in order, then closes the
 * scopes that were left empty. A sub-process without a token is cancelled, it does not complete; a case without one is
 * refused (`modification.nothing_left`), since that is what cancelling a case is for. Records `case.modified` first.
 */
export function modifyCase(run: Run, { operations, reason }: Command & { type: 'modify' }): void {
  refuseCount(operations.length);
  const first = run.events.length;
  const touched = new Set<string>();
  const done = operations.map((operation) => apply(run, operation, touched));
  for (const scope of touched) if (run.state.scopes[scope]) dropStuck(run, scope);
  for (const scope of [...touched]) closeIfEmpty(run, scope, touched);
  for (const scope of touched) if (run.state.scopes[scope]) listenAgain(run, scope);
  const { length } = run.events;
  run.event('case.modified', undefined, undefined, { reason, operations: done.map((each) => ({ ...each })) });
  // the history tells first what was decided, then what came of it
  run.events.splice(first, 0, ...run.events.splice(length));
}

function refuseCount(count: number): void {
  if (count >= 1 && count <= MAX_OPERATIONS) return;
  throw refusal('bad_count', { count }, `1 to ${MAX_OPERATIONS} operations`, `there are ${count}`);
}

function apply(run: Run, operation: Operation, touched: Set<string>): Done {
  if (operation.do === 'add') {
    touched.add(sendTo(run, operation.to));
    return { do: 'add', to: named(run, operation.to.element), count: 1 };
  }
  const sources = sourcesAt(run, operation.at);
  for (const source of sources) {
    takeAway(run, source);
    touched.add(source.scope);
    if (operation.do === 'move') touched.add(sendTo(run, operation.to, source.scope));
  }
  const from = named(run, sources[0]!.node.id);
  if (operation.do === 'cancel') return { do: 'cancel', from, count: sources.length };
  return { do: 'move', from, to: named(run, operation.to.element), count: sources.length };
}

function named(run: Run, id: string): { id: string; name: string } {
  return { id, name: run.node(id).name || id };
}

/** `modification.nothing_left` */
function closeIfEmpty(run: Run, scopeId: string, touched: Set<string>): void {
  const scope = run.state.scopes[scopeId];
  if (!scope || scope.live > 0 || scope.joins) return;
  if (scope.kind === 'process') {
    throw refusal('nothing_left', {}, 'a token to be left, or the case to be cancelled', 'none would be left');
  }
  // a handler that is taken out is skipped: what else there is to undo goes on
  if (scope.kind === 'compensation' || scope.cancelling) return;
  // nothing needs to run in an ad-hoc sub-process: somebody may choose again
  if (scope.adHoc) return;
  if (scope.kind === 'instance') {
    const parent = scope.parent!;
    // a loop whose iteration is taken out is over: its condition was not asked
    const isLoop = run.state.scopes[parent]!.kind === 'loop';
    if (isLoop || !instanceCancelled(run, scopeId)) closeWithOwner(run, parent, touched);
    return;
  }
  closeWithOwner(run, scopeId, touched);
}

function closeWithOwner(run: Run, scopeId: string, touched: Set<string>): void {
  const owner = run.token(run.state.scopes[scopeId]!.owner!);
  cancelToken(run, owner);
  run.consume(owner.scope);
  touched.add(owner.scope);
  closeIfEmpty(run, owner.scope, touched);
}
