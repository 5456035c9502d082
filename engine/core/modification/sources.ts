import type { Node } from '../../model/graph.ts';
import { isInstanceOf } from '../activity.ts';
import type { Run } from '../run.ts';
import { cancelToken } from '../scope.ts';
import type { Token } from '../state.ts';
import type { Place } from './operation.ts';
import { refusal } from './refusal.ts';

/** A token that waits at a node, or one that a join holds. */
export type Source =
  | { readonly node: Node; readonly scope: string; readonly token: string }
  | { readonly node: Node; readonly scope: string; readonly flow: string };

/** The tokens of a place. `modification.unknown_token`, `modification.unknown_element`, `modification.no_token` */
export function sourcesAt(run: Run, place: Place): Source[] {
  const sources = 'token' in place ? tokenAt(run, place.token) : tokensOf(run, place.element);
  if (sources.length > 0) return sources;
  const element = 'token' in place ? run.state.tokens[place.token]!.node : place.element;
  throw refusal('no_token', { element }, `a token at '${element}'`, 'none is there');
}

function tokenAt(run: Run, id: string): Source[] {
  const token = run.state.tokens[id];
  if (!token) throw refusal('unknown_token', { token: id }, `a token '${id}'`, 'it is not there');
  if (token.wait === 'listener') {
    throw refusal(
      'token_listens',
      { element: token.node, token: id },
      'a token that is on its way',
      `it waits for the event of '${token.node}'`,
    );
  }
  // the incident of a stuck join stands for the tokens that the join holds
  return isStuck(token) ? heldIn(run, token.scope, token.node) : [sourceOf(run, token)];
}

function tokensOf(run: Run, element: string): Source[] {
  if (!run.model.nodes[element]) throw unknownElement(element);
  const waiting = Object.values(run.state.tokens)
    .filter((token) => token.node === element && !isStuck(token) && token.wait !== 'listener')
    // the instances of a multi-instance activity go with its body
    .filter((token) => !isInstanceOf(run, token.scope, run.node(element)));
  const held = Object.keys(run.state.scopes).flatMap((scope) => heldIn(run, scope, element));
  return [...waiting.map((token) => sourceOf(run, token)), ...held];
}

export function unknownElement(element: string): Error {
  return refusal('unknown_element', { element }, `an element '${element}'`, 'this version has none');
}

/** Takes the token away with all it holds open; its scope counts one less. */
export function takeAway(run: Run, source: Source): void {
  if ('token' in source) {
    cancelToken(run, run.token(source.token));
    run.consume(source.scope);
    return;
  }
  const scope = run.scope(source.scope);
  const held = scope.joins![source.node.id]!;
  if (--held[source.flow]! === 0) delete held[source.flow];
  if (Object.keys(held).length === 0) delete scope.joins![source.node.id];
  if (Object.keys(scope.joins!).length === 0) delete scope.joins;
  // a held token is not counted as alive: its going lowers no count, but may let another join fire
  if (scope.live === 0) run.quiet.add(scope.id);
}

function sourceOf(run: Run, token: Token): Source {
  return { node: run.node(token.node), scope: token.scope, token: token.id };
}

function heldIn(run: Run, scope: string, gateway: string): Source[] {
  const held = run.state.scopes[scope]!.joins?.[gateway] ?? {};
  const node = run.node(gateway);
  return Object.entries(held).flatMap(([flow, count]) => Array.from({ length: count }, () => ({ node, scope, flow })));
}

/**
 * Resolves the incidents of stuck joins in a scope that was changed: they fire, or are found stuck again when the step
 * comes to rest.
 */
export function dropStuck(run: Run, scope: string): void {
  for (const token of Object.values(run.state.tokens)) {
    if (token.scope !== scope || !isStuck(token)) continue;
    cancelToken(run, run.token(token.id));
    run.consume(scope);
  }
}

function isStuck(token: Token): boolean {
  return token.incident?.phase === 'stuck';
}
