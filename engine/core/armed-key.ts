import type { Node } from '../model/graph.ts';

/**
 * The key under which a holder keeps what it armed for a trigger of an event: the event's id, followed by `#` and the
 * trigger's number where the event has several. No id holds a `#`.
 */
export function armedKey(event: Node, index: number): string {
  return event.triggers ? `${event.id}#${index}` : event.id;
}

/** The id of the event behind a key. */
export function eventOfKey(key: string): string {
  const at = key.indexOf('#');
  return at < 0 ? key : key.slice(0, at);
}

/** Which of the event's triggers a key stands for. */
export function indexOfKey(key: string): number {
  const at = key.indexOf('#');
  return at < 0 ? 0 : Number(key.slice(at + 1));
}
