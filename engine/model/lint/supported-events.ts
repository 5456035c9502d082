import type { ParsedEvent, ParsedNode } from '../parsed-model.ts';
import { typeWords } from './words.ts';

/** Event definitions that run, by the event they may stand in; 'none' is an event without one. */
const EVENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  startEvent: new Set(['none', 'message']),
  endEvent: new Set(['none', 'terminate', 'cancel', 'error', 'compensate', 'message', 'signal', 'escalation']),
  intermediateCatchEvent: new Set(['timer', 'message', 'signal', 'link']),
  intermediateThrowEvent: new Set(['none', 'compensate', 'message', 'signal', 'escalation', 'link']),
  boundaryEvent: new Set(['timer', 'message', 'error', 'compensate', 'cancel', 'signal', 'escalation']),
};

/** Start events of event sub-processes. */
const EVENT_SUB_PROCESS_STARTS = new Set(['message', 'timer', 'error', 'compensate', 'signal', 'escalation']);

/** What of an event cannot run where it stands, in words; undefined when all of it can. */
export function refusedEvent(node: ParsedNode, within: ParsedNode | undefined): { zh: string; en: string } | undefined {
  const allowed = node.type === 'startEvent' && within?.triggeredByEvent ? EVENT_SUB_PROCESS_STARTS : EVENTS[node.type];
  if (!allowed) return undefined;
  if (node.events.length > 1) return { zh: '多重事件', en: 'a multiple event' };
  const event = node.events[0];
  const kind = event ? kindOf(event) : 'none';
  if (allowed.has(kind)) return undefined;
  if (kind === 'none') return { zh: '空事件，请指定定时或消息', en: 'a none event; make it a timer or a message' };
  const words = typeWords(kind);
  return { zh: `${words.zh}（${kind}）`, en: `a ${words.en} (${kind})` };
}

function kindOf(event: ParsedEvent): string {
  return event.type === 'other' ? event.name : event.type;
}
