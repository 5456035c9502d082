import type { ParsedEvent, ParsedMessage, ParsedNode } from '../parsed-model.ts';
import { childOf, childrenOf, idOf, type Element } from './element.ts';
import { readMessage } from './events.ts';

/**
 * The message that a message flow carries between its ends (BPMN 2.0.2 §9.3): its own, else that of the end which names
 * one, else one named after the flow. Element id -> message; what an element names itself stands.
 */
export function readMessageFlows(definitions: Element): ReadonlyMap<string, ParsedMessage> {
  const carried = new Map<string, ParsedMessage>();
  const flows = childrenOf(definitions, 'rootElements').flatMap((root) => childrenOf(root, 'messageFlows'));
  for (const flow of flows) {
    const ends = ['sourceRef', 'targetRef'].map((end) => childOf(flow, end)).filter((end) => end !== undefined);
    const message = [flow, ...ends].map(messageOf).find((found) => found !== undefined && found.name !== '');
    for (const end of ends) if (!carried.has(idOf(end))) carried.set(idOf(end), message ?? { name: idOf(flow) });
  }
  return carried;
}

function messageOf(element: Element): ParsedMessage | undefined {
  const definitions = childrenOf(element, 'eventDefinitions');
  return [element, ...definitions].map(readMessage).find((message) => message !== undefined);
}

/** Gives an event or task that sends or receives, and names no message itself, the message of its message flow. */
export function nameMessage(node: ParsedNode, carried: ReadonlyMap<string, ParsedMessage>): ParsedNode {
  const message = carried.get(node.id);
  if (!message) return node;
  if (node.type === 'receiveTask' || (node.type === 'sendTask' && !node.work && !node.script))
    return node.message ? node : { ...node, message };
  const nameless = (event: ParsedEvent) => event.type === 'message' && !event.message;
  if (!node.events.some(nameless)) return node;
  return { ...node, events: node.events.map((event) => (nameless(event) ? { type: 'message', message } : event)) };
}
