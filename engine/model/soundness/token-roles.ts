import type { LintContext } from '../lint/rule.ts';
import { linkOf } from '../link-flows.ts';
import type { ParsedNode } from '../parsed-model.ts';

const ACTIVITIES = new Set([
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'businessRuleTask',
  'subProcess',
  'callActivity',
  'transaction',
  'adHocSubProcess',
]);
const EVENTS = new Set(['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent']);
const GATEWAYS = new Set(['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'eventBasedGateway']);
const WAITING = new Set([
  'userTask',
  'receiveTask',
  'serviceTask',
  'sendTask',
  'intermediateCatchEvent',
  'eventBasedGateway',
  'callActivity',
  'adHocSubProcess',
]);

/** True where every element of the scope plays a part in the token game that we know, and every flow leads somewhere. */
export function canAnalyse(context: LintContext, scope: string, nodes: readonly ParsedNode[]): boolean {
  const { byId, incoming, outgoing, boundary } = context;
  if (byId.get(scope)?.type === 'adHocSubProcess') return false;
  const members = new Set(nodes.map(({ id }) => id));
  const isHere = (id: string | undefined) => members.has(id ?? '');
  return nodes.every((node) => {
    if (!ACTIVITIES.has(node.type) && !EVENTS.has(node.type) && !GATEWAYS.has(node.type)) return false;
    // several tokens for one are meant where quantities are given
    if (node.startQuantity !== undefined || node.completionQuantity !== undefined) return false;
    // so are those of a case that several messages begin together
    if (node.instantiate && node.parallel) return false;
    if (!boundary(node.id).every((event) => isHere(event.id))) return false;
    if (node.type === 'boundaryEvent' && (!isHere(node.attachedTo) || incoming(node.id).length > 0)) return false;
    return [...incoming(node.id), ...outgoing(node.id)].every((flow) => isHere(flow.source) && isHere(flow.target));
  });
}

/** Handlers of compensation and event sub-processes stand beside the flow: no token of the scope comes to them. */
export function standsBeside(node: ParsedNode): boolean {
  return node.triggeredByEvent === true || node.isForCompensation === true;
}

/** True where a case may come to rest at the element itself, not counting what is inside it. */
export function waitsItself(node: ParsedNode): boolean {
  if (node.savePoints) return true;
  if (linkOf(node) !== undefined) return false;
  // compensation may have people at work
  if (node.events.some(({ type }) => type === 'compensate')) return true;
  return WAITING.has(node.type) || (node.type === 'businessRuleTask' && !node.script);
}

/** True where a case may come to rest: someone outside has to act before the token goes on. */
export function waits({ inside }: LintContext, node: ParsedNode): boolean {
  const open = [node];
  for (let at = open.pop(); at; at = open.pop()) {
    if (waitsItself(at)) return true;
    open.push(...inside(at.id).filter((inner) => !standsBeside(inner)));
  }
  return false;
}

const LEAVING = new Set(['terminate', 'error', 'escalation', 'cancel']);

/** `clear`: the event ends its scope, or leaves it. */
export function endKind(node: ParsedNode): 'end' | 'clear' {
  return node.events.some(({ type }) => LEAVING.has(type)) ? 'clear' : 'end';
}

/** `instead` of the activity's own way out, `beside` it, or `never` by a token of the scope. */
export function boundaryKind(node: ParsedNode): 'instead' | 'beside' | 'never' {
  if (node.events.some(({ type }) => type === 'compensate')) return 'never';
  return node.interrupting ? 'instead' : 'beside';
}
