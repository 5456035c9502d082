import type { JsonObject } from '../../engine/kernel/json.ts';
import { limitAsked, limitInWords, subject } from '../casework/deadline-words.ts';
import { CHINA, dayInWords, provisionally, type Bilingual } from '../due-dates/index.ts';
import type { Order } from './order.ts';
import { orderInWords } from './order-words.ts';

/**
 * `why`: a failure in words. Applicants do not read it; then neither it nor the technical text is there. `department`: whose task
 * it is, where the event says so.
 */
type Words = {
  node: string;
  actor: string;
  data: JsonObject;
  department?: string | undefined;
  why?: string | undefined;
};
type Sentences = Readonly<Record<string, (words: Words) => Bilingual>>;

/**
 * Of orders. Applicants read that there is one and where it stands, not what offices write to each other: then the words
 * are not there.
 */
const ORDER_SENTENCES: Sentences = {
  'order.issued': ({ node, actor, data }) => ({
    zh: `${actor}向${text(data.departmentName)}发出督办单 ${text(data.number)}${several(data).zh}，${due(data).zh}前回复${words('：', data.what)}`,
    en: `${actor} issued order ${text(data.number)}${several(data).en} to ${text(data.departmentName)}, to be answered by ${due(data).en}${words(': ', whatInEnglish(node, data))}`,
  }),
  'order.replied': ({ actor, data }) => ({
    zh: `${actor}（${text(data.departmentName)}）回复督办单 ${text(data.number)}${words('：', data.text)}`,
    en: `${actor} (${text(data.departmentName)}) replied to order ${text(data.number)}${words(': ', data.text)}`,
  }),
  'order.accepted': ({ actor, data }) => ({
    zh: `${actor}认可督办单 ${text(data.number)} 的回复，督办办结${words('：', data.text)}`,
    en: `${actor} accepted the reply to order ${text(data.number)} and closed it${words(': ', data.text)}`,
  }),
  'order.returned': ({ actor, data }) => ({
    zh: `${actor}退回督办单 ${text(data.number)} 的回复，要求${due(data).zh}前重新回复${words('：', data.text)}`,
    en: `${actor} returned the reply to order ${text(data.number)}, to be answered again by ${due(data).en}${words(': ', data.text)}`,
  }),
  'order.recounted': ({ data }) => {
    const stays = data.was === data.dueAt;
    const certain = data.wasProvisional === true && data.isProvisional === false;
    const was = due({ dueAt: data.was ?? null });
    return {
      zh: `按放假通知（${text(data.notice)}）重新计算，督办单 ${text(data.number)} 的回复期限${stays ? '仍为' : `由${was.zh}改为`}${due(data).zh}${certain ? '，不再是暂定' : ''}`,
      en: `Counted again by the notice of holidays ${text(data.notice)}: the reply to order ${text(data.number)} ${stays ? 'stays due on' : `moved from ${was.en} to`} ${due(data).en}${certain ? ', no longer provisional' : ''}`,
    };
  },
  'order.stands': ({ node, data }) => {
    const what = subject({ node, department: undefined });
    const limit = limitThatStands(data);
    const date = due({ dueAt: data.limit ?? null });
    const [zh, en] =
      data.light === 'yellow' ? [`临近${limit.zh}（${date.zh}）`, 'near'] : [`的${limit.zh}已于${date.zh}届满`, 'past'];
    return {
      zh: `${what.zh}${zh}；督办单 ${text(data.number)} 尚未办结，不再另发`,
      en: `${what.en} is ${en} ${limit.en} (${date.en}); order ${text(data.number)} is still open, so no other is issued`,
    };
  },
  'order.unfounded': ({ data }) => ({
    zh: `${counted(data).zh}，督办单 ${text(data.number)} 所依据的时限尚未届满，是否撤销由督办人决定`,
    en: `${counted(data).en}, the limit that order ${text(data.number)} rests on has not passed; a supervisor decides whether to revoke it`,
  }),
  'order.revoked': ({ actor, data }) => ({
    zh: `${actor}撤销督办单 ${text(data.number)}${words('，原因：', data.text)}`,
    en: `${actor} revoked order ${text(data.number)}${words(': ', data.text)}`,
  }),
};

/** What the timeline says of urges, orders, public reasons and notices that did not arrive. */
export const SUPERVISION_SENTENCES: Sentences = {
  ...ORDER_SENTENCES,
  // another case keeps the order
  'order.noted': (words) => ORDER_SENTENCES[text(words.data.event)]?.(words) ?? { zh: '督办', en: 'An order' },
  'order.note_failed': ({ data, why }) => ({
    zh: `督办单 ${text(data.number)} 涉及的另一办件未能记录此事${words('：', why ?? data.error)}`,
    en: `Another case that order ${text(data.number)} is about could not tell of it${words(': ', why ?? data.error)}`,
  }),
  'case.urged': ({ node, actor, department, data }) => {
    const about = { zh: node ? `“${node}”` : '', en: node ? `“${node}”` : 'the case' };
    if (data.role === 'system') {
      const { zh, en } = subject({ node, department });
      return { zh: `${zh}超期，系统自动催办`, en: `${en} is overdue and was urged automatically` };
    }
    const note = text(data.note);
    return {
      zh: `${actor}催办${about.zh}${note ? `：${note}` : ''}`,
      en: `${actor} urged ${about.en}${note ? `: ${note}` : ''}`,
    };
  },
  'deadline.warned': ({ node, department, data }) => {
    const about = node ? subject({ node, department }) : { zh: '办件', en: 'the case' };
    const [zh, en] = data.light === 'yellow' ? ['临近', 'near'] : ['超过', 'past'];
    const [whom, who] = isUnattended(data)
      ? ['没有部门正在办理，已通知督办人', 'No department works on it; the supervisors were told']
      : ['已通知经办人和部门负责人', 'The handler and the head of the department were told'];
    return { zh: `${about.zh}${zh}时限，${whom}`, en: `${who}: ${about.en} is ${en} its limit` };
  },
  'reason.asked': ({ node, data }) => {
    const limit = limitAsked(data);
    return {
      zh: `${node ? `“${node}”` : '办件'}超过${limit.zh}，要求${text(data.departmentName)}公开超期原因`,
      en: `${text(data.departmentName)} was asked for the public reason why ${node ? `“${node}”` : 'the case'} is past ${limit.en}`,
    };
  },
  'reason.withdrawn': ({ node, data }) => ({
    zh: `${counted(data).zh}，${node ? `“${node}”` : '办件'}的时限不在${due(data).zh}届满，不再要求${text(data.departmentName)}公开超期原因`,
    en: `${counted(data).en}, ${node ? `“${node}”` : 'the case'} was not due on ${due(data).en}: ${text(data.departmentName)} is no longer asked for the public reason`,
  }),
  'reason.given': ({ node, data }) => ({
    zh: `${text(data.departmentName)}公开${node ? `“${node}”` : ''}超期原因：${text(data.text)}`,
    en: `${text(data.departmentName)} gave the public reason for being overdue${node ? ` at “${node}”` : ''}: ${text(data.text)}`,
  }),
  'notice.failed': ({ data, why }) => ({
    zh: `发给${text(data.toName)}的通知多次发送未成功${words('：', why ?? data.error)}`,
    en: `A notice to ${text(data.toName)} could not be delivered${words(': ', why ?? data.error)}`,
  }),
  'notice.resent': ({ actor, data }) => ({
    zh: `${actor}重新发送给${text(data.toName)}的通知`,
    en: `${actor} had the notice to ${text(data.toName)} sent again`,
  }),
  'notice.delivered': ({ data }) => ({
    zh: `重新发送给${text(data.toName)}的通知已送达`,
    en: `The notice to ${text(data.toName)} that was sent again has arrived`,
  }),
  'escalation.failed': ({ data, why }) => ({
    zh: `超期处置未能完成${words('：', why ?? data.error)}`,
    en: `What follows from the missed deadline failed${words(': ', why ?? data.error)}`,
  }),
};

/** No department works on what the event is about. */
export function isUnattended({ departments }: JsonObject): boolean {
  return Array.isArray(departments) && departments.length === 0;
}

/** What was said, after the sign; nothing where it is not shown. */
function words(sign: string, said: JsonObject[string] | undefined): string {
  return said === undefined ? '' : `${sign}${text(said)}`;
}

/** What had the limit counted again. */
function counted({ by }: JsonObject): Bilingual {
  return by === 'version'
    ? { zh: '办件迁移到新版本、时限重新计算后', en: 'Counted again by another version of the process' }
    : { zh: '按放假通知重新计算后', en: 'Counted again by a notice of holidays' };
}

/** Which limit an order stands for; events of older versions do not tell. */
function limitThatStands(data: JsonObject): Bilingual {
  if (data.light === undefined) return { zh: '时限', en: 'its limit' };
  return limitInWords(data, data.light === 'deepRed' ? 'statutory' : 'promise');
}

/** What a rule ordered is said anew, what somebody wrote stays as it is, as does what a rule ordered in an older version. */
function whatInEnglish(node: string, { what, warning, of }: JsonObject): JsonObject[string] | undefined {
  if (what === undefined || warning === undefined) return what;
  return orderInWords({ warning, of } as Pick<Order, 'warning' | 'of'>, node).en;
}

/** About how many cases an order is, where it is about several. */
function several({ cases }: JsonObject): Bilingual {
  return typeof cases === 'number'
    ? { zh: `（涉及 ${cases} 件办件）`, en: ` (about ${cases} cases)` }
    : { zh: '', en: '' };
}

function due({ dueAt, provisional }: JsonObject): Bilingual {
  if (typeof dueAt !== 'number') return { zh: '—', en: '—' };
  return provisionally(dayInWords(dueAt, CHINA), provisional);
}

function text(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
