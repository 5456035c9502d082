import { literalExpression } from '../expressions/literal-expression.ts';
import type { Expression } from '../expressions/expression.ts';
import type { Flow, Milestone, Node, NodeKind, ProcessGraph } from './graph.ts';
import { compileNode, type Compiled } from './compile-node.ts';
import { entriesOf } from './entries.ts';
import { compileLimits } from './limits.ts';
import { linkFlows } from './link-flows.ts';
import { phaseLimits } from './phase-limits.ts';
import type { ParsedModel, ParsedNode } from './parsed-model.ts';
import { upstreamOf } from './upstream.ts';

/** How FEEL text becomes an expression: `compileExpression` of engine/expressions, or a cache in front of it. */
export type ExpressionCompiler = (
  text: string,
) =>
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly reason: string; readonly zh: string };

/** Nodes compiled before others may have their turn: 2 ms on a slow machine. */
const NODES_PER_TURN = 500;

/**
 * The graph of a model in which lint found no error. Throws an Error (not a Rejection) where there was one: the caller
 * forgot to lint.
 */
export function compile(model: ParsedModel, compileExpression: ExpressionCompiler): ProcessGraph {
  const compiling = compileInTurns(model, compileExpression);
  for (;;) {
    const turn = compiling.next();
    if (turn.done) return turn.value;
  }
}

/** `compile`, which pauses where others may have their turn. */
export function* compileInTurns(
  model: ParsedModel,
  compileExpression: ExpressionCompiler,
): Generator<void, ProcessGraph> {
  const { process } = model;
  if (!process) throw new Error('Expected a linted model, but it has no executable process');
  const expression: Compiled = (source) => {
    if ('literal' in source) return literalExpression(source.literal);
    const compiled = 'feel' in source ? compileExpression(source.feel) : undefined;
    if (!compiled?.ok) throw new Error(`Expected a linted model, but ${JSON.stringify(source)} does not compile`);
    return compiled.expression;
  };

  const flows = dictionary<Flow>();
  const incoming = new Map<string, string[]>();
  const outgoing = new Map<string, string[]>();
  const boundary = new Map<string, string[]>();
  const compensation = new Map<string, string>();
  const inside = new Map<string, ParsedNode[]>();
  const entries = dictionary<readonly string[]>();
  const eventSubProcesses = dictionary<readonly string[]>();
  for (const { id, source, target, condition, milestone } of [...process.flows, ...linkFlows(process.nodes)]) {
    if (source === undefined || target === undefined) throw new Error(`Expected a linted model, but ${id} dangles`);
    flows[id] = Object.freeze({
      id,
      source,
      target,
      ...(condition && { condition: expression(condition) }),
      ...(milestone !== undefined && { milestone: milestone as Milestone }),
    });
    collect(outgoing, source, id);
    collect(incoming, target, id);
  }
  yield;
  for (const node of process.nodes) {
    collect(inside, node.scope, node);
    if (node.attachedTo !== undefined) collect(boundary, node.attachedTo, node.id);
    if (node.handlers?.[0] !== undefined) compensation.set(node.attachedTo!, node.handlers[0]);
    if (node.triggeredByEvent) eventSubProcesses[node.scope] = [...(eventSubProcesses[node.scope] ?? []), node.id];
  }
  for (const scope of ['', ...process.nodes.filter(isContainer).map(({ id }) => id)]) {
    entries[scope] = entriesOf(inside.get(scope) ?? [], (id) => incoming.has(id)).map(({ id }) => id);
  }
  const nodes = dictionary<Node>();
  for (const [place, node] of process.nodes.entries()) {
    if (place % NODES_PER_TURN === 0) yield;
    nodes[node.id] = Object.freeze({
      id: node.id,
      kind: node.type as NodeKind,
      name: node.name,
      scope: node.scope,
      incoming: Object.freeze(incoming.get(node.id) ?? []),
      outgoing: Object.freeze(outgoing.get(node.id) ?? []),
      boundary: Object.freeze(boundary.get(node.id) ?? []),
      ...(compensation.has(node.id) && { compensation: compensation.get(node.id)! }),
      ...compileNode(node, expression),
    });
  }
  const phases = phaseLimits(process);
  yield;
  Object.freeze(nodes);
  yield;
  Object.freeze(flows);
  yield;
  return Object.freeze({
    key: process.id,
    name: process.name,
    nodes,
    flows,
    entries: Object.freeze(entries),
    eventSubProcesses: Object.freeze(eventSubProcesses),
    ...(process.department !== undefined && { department: process.department }),
    ...(process.joint !== undefined && { joint: process.joint === 'true' }),
    ...compileLimits(process),
    ...(phases && { phases }),
    upstream: upstreamOf(nodes, flows),
  });
}

/** An object in which no id can meet a prototype. */
function dictionary<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

function isContainer({ type }: ParsedNode): boolean {
  return type === 'subProcess' || type === 'transaction' || type === 'adHocSubProcess';
}

function collect<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
