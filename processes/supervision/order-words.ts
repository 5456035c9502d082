import { limitInWords, subject } from '../casework/deadline-words.ts';
import type { Bilingual } from '../due-dates/index.ts';
import type { Order } from './order.ts';

/** What a rule orders because a clock reached a light. `name`: of the element of its task; '' for the case. */
export function orderInWords({ warning, of }: Pick<Order, 'warning' | 'of'>, name: string): Bilingual {
  const what = subject({ node: name, department: undefined });
  const limit = limitInWords({ of: of ?? null }, warning === 'deepRed' ? 'statutory' : 'promise');
  const [zh, en] = warning === 'yellow' ? ['临近', 'near'] : ['超过', 'past'];
  return {
    zh: `${what.zh}${zh}${limit.zh}，请立即办理，并回复超期原因和办结时间。`,
    en: `${what.en} is ${en} ${limit.en}: please act at once, and reply why it is late and when it will be done.`,
  };
}

/** What was ordered in both languages, as it was issued; undefined where somebody wrote it, or an older version did in other words. */
export function wordsOfRule(order: Order): Bilingual | undefined {
  if (order.rule === 'manual') return undefined;
  const words = orderInWords(order, order.name ?? '');
  return words.zh === order.what ? words : undefined;
}
