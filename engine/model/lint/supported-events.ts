import type { ParsedEvent, ParsedNode } from '../parsed-model.ts';
import { typeWords, withArticle } from './words.ts';

/** Event definitions that run, by the event they may stand in; 'none' is an event without one. */
export const EVENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  startEvent: new Set(['none', 'message', 'timer', 'signal', 'conditional']),
  endEvent: new Set(['none', 'terminate', 'cancel', 'error', 'compensate', 'message', 'signal', 'escalation']),
  intermediateCatchEvent: new Set(['timer', 'message', 'signal', 'conditional', 'link']),
  intermediateThrowEvent: new Set(['none', 'compensate', 'message', 'signal', 'escalation', 'link']),
  boundaryEvent: new Set(['timer', 'message', 'error', 'compensate', 'cancel', 'signal', 'escalation', 'conditional']),
};

/** Start events of event sub-processes. */
export const EVENT_SUB_PROCESS_STARTS: ReadonlySet<string> = new Set([
  'message',
  'timer',
  'error',
  'compensate',
  'signal',
  'escalation',
  'conditional',
]);

/** What an end event may end its scope by. */
const ENDINGS = new Set(['error', 'terminate', 'cancel']);

/** What of an event cannot run where it stands, in words; undefined when all of it can. */
export function refusedEvent(node: ParsedNode, within: ParsedNode | undefined): { zh: string; en: string } | undefined {
  const allowed = node.type === 'startEvent' && within?.triggeredByEvent ? EVENT_SUB_PROCESS_STARTS : EVENTS[node.type];
  if (!allowed) return undefined;
  const kinds = node.events.length > 0 ? node.events.map(kindOf) : ['none'];
  const kind = kinds.find((each) => !allowed.has(each));
  if (kind === undefined) return refusedTogether(node, kinds);
  if (kind === 'none') return { zh: '空事件，请指定定时或消息', en: 'a none event; make it a timer or a message' };
  const words = typeWords(kind);
  return { zh: `${words.zh}（${kind}）`, en: `${withArticle(words.en)} (${kind})` };
}

/** What runs alone but not beside others in one multiple event. */
function refusedTogether(node: ParsedNode, kinds: readonly string[]): { zh: string; en: string } | undefined {
  if (kinds.length < 2) return undefined;
  const isThrow = node.type === 'endEvent' || node.type === 'intermediateThrowEvent';
  const alone = kinds.find((kind) => kind === 'link' || (!isThrow && (kind === 'compensate' || kind === 'cancel')));
  if (alone !== undefined) {
    const { zh, en } = typeWords(alone);
    return { zh: `含${zh}的多重事件`, en: `a multiple event with ${withArticle(en)}, which stands alone` };
  }
  const endings = kinds.filter((kind) => ENDINGS.has(kind));
  if (isThrow && (endings.length > 1 || (endings.length > 0 && kinds.includes('compensate')))) {
    return { zh: '以两种方式结束的多重事件', en: 'a multiple event that ends its scope in two ways' };
  }
  if (node.parallelMultiple && kinds.some((kind) => kind === 'error' || kind === 'escalation')) {
    return {
      zh: '含错误或升级的并行多重事件',
      en: 'a parallel multiple event with an error or an escalation: these are caught when thrown, not waited for',
    };
  }
  return undefined;
}

function kindOf(event: ParsedEvent): string {
  return event.type === 'other' ? event.name : event.type;
}
