import type { JsonObject } from '../kernel/json.ts';
import type { Node, NodeKind } from '../model/graph.ts';
import { announceArmed, disarmAll, prepareArmed } from './armed.ts';
import { prepareRecords, readRecords, writeRecords } from './records.ts';
import type { Run } from './run.ts';
import type { Token, TokenWait } from './state.ts';
import { evaluateMappings, setVariables, visibleVariables } from './variables.ts';

/** What these carry is waited for; what throw events carry is thrown. */
export const AWAITING: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'intermediateCatchEvent',
  'receiveTask',
  'startEvent',
]);

/** What happens inside these stays there unless an output mapping says otherwise. */
const SCOPES: ReadonlySet<string> = new Set(['subProcess', 'transaction', 'adHocSubProcess']);

/** True inside one instance of a multi-instance activity: the boundary events sit on the body, not here. */
export function isInstanceOf(run: Run, scopeId: string, node: Node): boolean {
  const scope = run.state.scopes[scopeId]!;
  return scope.kind === 'instance' && scope.node === node.id;
}

/** The activity's own variables (records it sees, input mappings); undefined when it has none. */
export function localsOf(run: Run, node: Node, scopeId: string): JsonObject | undefined {
  if (node.inputs.length === 0 && !node.reads?.length) return undefined;
  const visible = visibleVariables(run, scopeId);
  const records = readRecords(run, node, visible);
  return { ...records, ...evaluateMappings(run, node.inputs, { ...visible, ...records }) };
}

/** A token begins to wait at the node, its own event and its boundary events armed. */
export function beginWaiting(run: Run, node: Node, scopeId: string, wait: TokenWait, locals?: JsonObject): Token {
  const variables = visibleVariables(run, scopeId, locals);
  const armed = prepareArmed(run, node, variables, {
    own: AWAITING.has(node.kind),
    boundary: !isInstanceOf(run, scopeId, node),
  });
  const token = run.newToken({
    node: node.id,
    scope: scopeId,
    wait,
    since: run.now,
    ...(locals && { locals }),
    ...(armed && { armed }),
  });
  run.event('element.entered', node.id, token.id);
  announceArmed(run, token);
  return token;
}

/** The activity's work is done with these variables: outputs go to the scope around it, the token goes on. */
export function finish(run: Run, token: Token, variables: JsonObject): void {
  const node = run.node(token.node);
  const outputs =
    node.outputs.length > 0
      ? evaluateMappings(run, node.outputs, { ...visibleVariables(run, token.scope, token.locals), ...variables })
      : SCOPES.has(node.kind)
        ? {}
        : withoutLocals(variables, token.locals);
  const records = prepareRecords(run, node, () => ({
    ...visibleVariables(run, token.scope, token.locals),
    ...variables,
  }));
  writeVariables(run, token.scope, node, outputs);
  writeRecords(run, node, records);
  end(run, token);
}

/** The same for work that never waits: scripts, manual and abstract tasks. */
export function finishAtOnce(run: Run, node: Node, scopeId: string, variables: JsonObject, locals?: JsonObject): void {
  const outputs =
    node.outputs.length > 0
      ? evaluateMappings(run, node.outputs, { ...visibleVariables(run, scopeId, locals), ...variables })
      : variables;
  const records = prepareRecords(run, node, () => ({ ...visibleVariables(run, scopeId, locals), ...variables }));
  writeVariables(run, scopeId, node, outputs);
  writeRecords(run, node, records);
  run.push({ do: 'leave', node, scope: scopeId });
}

/** Removes a token that is done with its node and sends the node on. */
export function end(run: Run, token: Token): void {
  disarmAll(run, token);
  delete run.state.tokens[token.id];
  run.push({ do: 'leave', node: run.node(token.node), scope: token.scope });
}

/** Sets variables that an element brings, and tells so. */
export function writeVariables(run: Run, scopeId: string, node: Node, variables: JsonObject): void {
  if (Object.keys(variables).length === 0) return;
  setVariables(run, scopeId, variables);
  run.event('variables.set', node.id, undefined, variables);
}

function withoutLocals(variables: JsonObject, locals: JsonObject | undefined): JsonObject {
  if (!locals) return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !Object.hasOwn(locals, name)));
}
