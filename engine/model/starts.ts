import type { Node, ProcessGraph } from './graph.ts';
import { triggersOf } from './triggers-of.ts';

/** A way to begin a case by a message. */
export interface MessageStart {
  /** What the start command names: a start event, a receive task, or an event behind a gateway; see `startKey`. */
  readonly start: string;
  /** Of the message. */
  readonly name: string;
}

/** True for what begins a case: start events, and receive tasks and event-based gateways that instantiate. */
export function beginsCase(node: Node): boolean {
  return node.kind === 'startEvent' || node.instantiate !== undefined;
}

/** The start event with which a case begins by hand. */
export function noneStart(graph: ProcessGraph): Node | undefined {
  return (graph.entries[''] ?? [])
    .map((id) => graph.nodes[id]!)
    .find((node) => node.kind === 'startEvent' && triggersOf(node).length === 0);
}

/** The messages that begin a case of the process (BPMN 2.0.2 §10.5.2, §10.6.6). */
export function messageStarts(graph: ProcessGraph): MessageStart[] {
  return (graph.entries[''] ?? [])
    .map((id) => graph.nodes[id]!)
    .filter(beginsCase)
    .flatMap((node) => (node.kind === 'eventBasedGateway' ? behind(graph, node) : [node]))
    .flatMap((node) =>
      triggersOf(node).flatMap((trigger, index) =>
        trigger.type === 'message' ? [{ start: startKey(node, index), name: trigger.name }] : [],
      ),
    );
}

/** The elements behind an event-based gateway. */
export function behind(graph: ProcessGraph, gateway: Node): Node[] {
  return gateway.outgoing.map((flow) => graph.nodes[graph.flows[flow]!.target]!);
}

/** The node's id, followed by `#` and the number of the trigger where the node has several. */
export function startKey(node: Node, index: number): string {
  return node.triggers ? `${node.id}#${index}` : node.id;
}
