import type { Limit, Node, ProcessGraph } from '../../model/graph.ts';
import { behind } from '../../model/starts.ts';
import { triggersOf } from '../../model/triggers-of.ts';
import type { Crossing } from './mapping.ts';

/** What is to be said about one element of the old version; ids and words only, so that it can be shown and kept. */
export interface Remark {
  readonly code: string;
  readonly element: string;
  readonly to?: string;
  readonly was?: string;
  readonly is?: string;
  readonly flow?: string;
  readonly event?: string;
}

/** Why a token at `a` could not go on at `b` as if nothing had happened. */
export function problemsOf(crossing: Crossing, a: Node, b: Node | undefined): Remark[] {
  const element = a.id;
  if (!b) return [{ code: 'no_target', element }];
  const problems: Remark[] = [];
  const problem = (code: string, was: string, is: string) => problems.push({ code, element, to: b.id, was, is });

  if (kindOf(a) !== kindOf(b)) problem('kind_changed', kindOf(a), kindOf(b));
  const home = crossing.scope(a.scope);
  if (home !== b.scope) problem('scope_changed', a.scope, b.scope);
  if (repetitionOf(a) !== repetitionOf(b)) {
    problem(a.loop || b.loop ? 'loop_changed' : 'multi_instance_changed', repetitionOf(a), repetitionOf(b));
  }
  if (workOf(a) !== workOf(b)) problem('work_changed', workOf(a), workOf(b));
  // those of boundary events are armed anew
  if (a.kind !== 'boundaryEvent' && waitsOf(a) !== waitsOf(b)) problem('trigger_changed', waitsOf(a), waitsOf(b));
  if (isJoin(a) && problems.length === 0) {
    for (const flow of a.incoming) {
      if (crossing.flow(flow, b) === undefined) problems.push({ code: 'flow_missing', element, to: b.id, flow });
    }
  }
  return problems;
}

/** What stays a token's place, but changes for it. */
export function notesOf(crossing: Crossing, a: Node, b: Node): Remark[] {
  const notes: Remark[] = [];
  const note = (code: string, more: Partial<Remark> = {}) => notes.push({ code, element: a.id, to: b.id, ...more });
  if (limitText(a.limit) !== limitText(b.limit)) {
    note('limit_changed', { was: limitText(a.limit), is: limitText(b.limit) });
  }
  if (limitText(a.statutory) !== limitText(b.statutory)) {
    note('statutory_changed', { was: limitText(a.statutory), is: limitText(b.statutory) });
  }
  const groups = (node: Node) => (node.assignment?.candidateGroups ?? []).join(', ');
  if (groups(a) !== groups(b)) note('department_changed', { was: groups(a), is: groups(b) });
  if (a.form !== b.form) note('form_changed', { was: a.form ?? '', is: b.form ?? '' });
  if (a.supplement !== b.supplement) note(b.supplement ? 'supplement_begins' : 'supplement_ends');
  if (a.job && b.job && jobText(a) !== jobText(b)) note('job_changed', { was: a.job.topic, is: b.job.topic });
  const [before, after] = [eventsBeside(crossing.from, a), eventsBeside(crossing.to, b)];
  const images = before.map((event) => crossing.node(event.id)?.id);
  before.forEach((event, index) => {
    const image = after.find(({ id }) => id === images[index]);
    if (!image) note('event_removed', { event: event.id });
    else if (waitsOf(event) !== waitsOf(image)) note('event_changed', { event: event.id });
  });
  for (const { id } of after) if (!images.includes(id)) note('event_added', { event: id });
  return notes;
}

/** Events that a token awaits beside its own: at the boundary, or behind an event-based gateway. */
export function eventsBeside(graph: ProcessGraph, node: Node): Node[] {
  if (node.kind === 'eventBasedGateway') return behind(graph, node);
  return node.boundary.map((id) => graph.nodes[id]!);
}

/** Joins hold tokens by the flow they came on; so does an activity that waits for several. */
export function isJoin(node: Node): boolean {
  const gateway = ['parallelGateway', 'inclusiveGateway', 'complexGateway'].includes(node.kind);
  return (gateway && node.incoming.length > 1) || node.startQuantity !== undefined;
}

/** Types of what an event waits for; an instance that is armed keeps what it was armed with. */
export function waitsOf(node: Node): string {
  const types = triggersOf(node).map(({ type }) => type);
  return (node.parallelMultiple ? 'all of ' : '') + types.join(', ');
}

/** The same job for whoever does it. */
export function jobText(node: Node): string {
  const { topic, topicExpression, http, message } = node.job!;
  const kind = http ? 'http' : message ? 'message' : 'external';
  return [kind, topic, topicExpression?.text, message?.name].join(' ');
}

function kindOf(node: Node): string {
  return node.triggeredByEvent ? 'eventSubProcess' : node.kind;
}

/** What the counters of a running repetition depend on. */
function repetitionOf({ multi, loop }: Node): string {
  if (loop) return 'loop';
  if (!multi) return '';
  const { sequential, elementVariable = '', outputCollection } = multi;
  return `${sequential ? 'sequential' : 'parallel'} ${elementVariable}${outputCollection === undefined ? '' : ' with outputs'}`;
}

function workOf(node: Node): string {
  return node.job ? 'job' : node.script ? 'script' : '';
}

function limitText(limit: Limit | undefined): string {
  return limit ? `${limit.value} ${limit.unit}` : '';
}
