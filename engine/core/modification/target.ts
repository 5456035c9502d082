import type { Node } from '../../model/graph.ts';
import { localsOf } from '../activity.ts';
import type { Run } from '../run.ts';
import type { Scope } from '../state.ts';
import { openSubProcessScope } from '../sub-process.ts';
import type { Target } from './operation.ts';
import { refusal } from './refusal.ts';
import { unknownElement } from './sources.ts';

/**
 * Sends one token to the target: into the scope that `near` lies in, else the one that is named, else the only one that
 * is open, else a new one. Answers that scope. Refuses what no token can arrive at.
 */
export function sendTo(run: Run, target: Target, near?: string): string {
  const node = run.model.nodes[target.element];
  if (!node) throw unknownElement(target.element);
  refuseTarget(run, node);
  refuseHandler(run, node);
  const scope = run.scope(scopeFor(run, node, target.scope, near));
  const flow = incomingFlow(run, node, scope, target.flow);
  scope.live++;
  run.push({ do: 'arrive', node, scope: scope.id, flow });
  return scope.id;
}

function refuseTarget(run: Run, node: Node): void {
  if (node.kind === 'boundaryEvent') {
    throw refusal(
      'target_is_boundary_event',
      { element: node.id },
      `an element that tokens flow to, such as '${node.attachedTo}'`,
      `'${node.id}' is a boundary event`,
    );
  }
  const eventSubProcess = node.triggeredByEvent
    ? node
    : node.kind === 'startEvent'
      ? run.model.nodes[node.scope]
      : undefined;
  if (eventSubProcess?.triggeredByEvent) {
    throw refusal(
      'target_begins_by_event',
      { element: node.id },
      'an element that tokens flow to',
      `only its event begins the event sub-process '${eventSubProcess.id}'`,
    );
  }
}

/** `modification.target_is_compensation_handler` */
function refuseHandler(run: Run, node: Node): void {
  const undoes = Object.values(run.model.nodes).find(({ compensation }) => compensation === node.id);
  if (!undoes) return;
  throw refusal(
    'target_is_compensation_handler',
    { element: node.id },
    'an element that tokens flow to',
    `only compensation begins the handler of '${undoes.id}'`,
  );
}

/** The open scope that the node's token belongs in, or a new one. */
function scopeFor(run: Run, node: Node, named: string | undefined, near: string | undefined): string {
  if (named !== undefined && !run.state.scopes[named]) {
    throw refusal('unknown_scope', { element: node.id, scope: named }, `a scope '${named}'`, 'it is not open');
  }
  const preferred = new Set([...ancestors(run, named), ...(named === undefined ? ancestors(run, near) : [])]);
  let current = '0';
  for (const id of enclosing(run, node)) current = enter(run, node, run.node(id), current, preferred);
  if (named !== undefined && current !== named) {
    throw refusal(
      'not_in_scope',
      { element: node.id, scope: named },
      `a scope of ${node.scope === '' ? 'the process' : `'${node.scope}'`}`,
      `scope '${named}' is one of '${run.state.scopes[named]!.node}'`,
    );
  }
  return current;
}

/** One step inwards: the open scope of `around` below `outer`, or a new one. */
function enter(run: Run, target: Node, around: Node, outer: string, preferred: ReadonlySet<string>): string {
  const open = Object.values(run.state.scopes).filter(
    (scope) => scope.kind === 'subProcess' && scope.node === around.id && homeOf(run, scope) === outer,
  );
  const chosen = open.find((scope) => preferred.has(scope.id));
  if (chosen) return chosen.id;
  if (around.multi || around.loop) {
    throw refusal(
      around.multi ? 'target_in_multi_instance' : 'target_in_loop',
      { element: target.id, around: around.id },
      `the whole of '${around.id}' as target, or a token that is inside one of its instances`,
      `'${target.id}' lies inside that activity, which is done several times`,
    );
  }
  if (open.length > 1) {
    throw refusal(
      'ambiguous_scope',
      { element: target.id, around: around.id, scopes: open.map((scope) => scope.id) },
      'the scope to be named',
      `'${around.id}' is open ${open.length} times`,
    );
  }
  return (open[0] ?? openAround(run, target, around, outer)).id;
}

/** Opens a sub-process on the way to an element inside it, its boundary events armed, its start event left out. */
function openAround(run: Run, target: Node, around: Node, outer: string): Scope {
  if (around.triggeredByEvent) {
    throw refusal(
      'target_in_event_sub_process',
      { element: target.id, around: around.id },
      `the event sub-process '${around.id}' to be running`,
      'only its event can begin it',
    );
  }
  const scope = openSubProcessScope(run, around, outer, localsOf(run, around, outer) ?? {});
  scope.live = 0;
  if (around.adHoc) scope.adHoc = {};
  run.scope(outer).live++;
  return scope;
}

/** The process or sub-process scope around a scope; bodies and instances of multi-instance activities lie between. */
function homeOf(run: Run, scope: Scope): string {
  let outer = run.state.scopes[scope.parent!]!;
  while (outer.kind !== 'process' && outer.kind !== 'subProcess') outer = run.state.scopes[outer.parent!]!;
  return outer.id;
}

function ancestors(run: Run, scope: string | undefined): string[] {
  const found: string[] = [];
  for (let id = scope; id !== undefined; id = run.state.scopes[id]!.parent) found.push(id);
  return found;
}

/** Ids of the sub-processes around a node, outermost first. */
function enclosing(run: Run, node: Node): string[] {
  const around: string[] = [];
  for (let id = node.scope; id !== ''; id = run.node(id).scope) around.unshift(id);
  return around;
}

/** A join counts its tokens by the flow they came on. */
function incomingFlow(run: Run, node: Node, scope: Scope, named: string | undefined): string | null {
  if (named !== undefined && !node.incoming.includes(named)) {
    throw refusal(
      'not_an_incoming_flow',
      { element: node.id, flow: named },
      `one of ${node.incoming.join(', ')}`,
      `'${named}' does not lead to '${node.id}'`,
    );
  }
  if (node.incoming.length < 2) return named ?? node.incoming[0] ?? null;
  if (named !== undefined) return named;
  const taken = new Set([
    ...Object.keys(scope.joins?.[node.id] ?? {}),
    ...(scope.fired?.[node.id] ?? []),
    ...run.queue.filter((work) => work.do === 'arrive' && work.node === node && work.scope === scope.id).map(flowOf),
  ]);
  return node.incoming.find((flow) => !taken.has(flow)) ?? node.incoming[0]!;
}

function flowOf(work: Run['queue'][number]): string | null {
  return work.do === 'arrive' ? work.flow : null;
}
