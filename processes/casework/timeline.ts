import type { EventRow } from '../../engine/store/ports.ts';
import { CLOCK_SENTENCES } from './clock-words.ts';
import { DEADLINE_SENTENCES } from './deadline-words.ts';
import { PHASE_SENTENCES } from './phase-words.ts';
import type { Words } from './element-words.ts';
import { SUPERVISION_SENTENCES } from '../supervision/timeline-words.ts';
import { operationsEn, operationsZh } from './operation-words.ts';
import { TIMER_SENTENCES } from './timer-words.ts';

type Sentence = (about: {
  node: string;
  actor: string;
  /** Another case called this one. */
  called: boolean;
  /** Whose task it is, where the event says so. */
  department: string | undefined;
  data: EventRow['data'];
  /** What the code in the data says, where it is one of a refusal. */
  why: string | undefined;
  nameOf: (element: string) => string;
}) => Words;

/** What each event type says to a person who has never seen a process diagram. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  'case.started': ({ actor }) => ({ zh: `${actor}提交申请，办件开始办理`, en: `${actor} applied; the case started` }),
  'case.completed': () => ({ zh: '办件办结', en: 'The case is completed' }),
  'case.terminated': () => ({ zh: '办件终止', en: 'The case was ended by its process' }),
  'case.cancelled': ({ actor, data }) =>
    data.reason === 'supplement.unanswered'
      ? { zh: '退件：逾期未补正', en: 'Returned: nothing was supplemented in time' }
      : {
          zh: `${actor}撤销办件，原因：${text(data.reason)}`,
          en: `${actor} cancelled the case: ${text(data.reason)}`,
        },
  'case.modified': ({ actor, data, nameOf }) => ({
    zh: `${actor}调整办件环节（${operationsZh(data.operations, nameOf)}），原因：${text(data.reason)}`,
    en: `${actor} changed where the case stands (${operationsEn(data.operations, nameOf)}): ${text(data.reason)}`,
  }),
  'case.migrated': ({ actor, data }) => ({
    zh: `${actor}将办件由第 ${text(data.from)} 版迁移到第 ${text(data.to)} 版，原因：${text(data.reason)}`,
    en: `${actor} moved the case from version ${text(data.from)} to version ${text(data.to)}: ${text(data.reason)}`,
  }),
  ...CLOCK_SENTENCES,
  ...SUPERVISION_SENTENCES,
  ...PHASE_SENTENCES,
  'element.entered': ({ node }) => ({ zh: `进入“${node}”`, en: `Reached “${node}”` }),
  'element.completed': ({ node }) => ({ zh: `完成“${node}”`, en: `Finished “${node}”` }),
  'element.cancelled': ({ node }) => ({ zh: `“${node}”被中止`, en: `“${node}” was cut short` }),
  'flow.taken': () => ({ zh: '流程继续', en: 'The process went on' }),
  'task.claimed': ({ actor, node }) => ({ zh: `${actor}认领“${node}”`, en: `${actor} claimed “${node}”` }),
  'task.unclaimed': ({ actor, node }) => ({ zh: `${actor}将“${node}”退回待认领`, en: `${actor} put “${node}” back` }),
  'task.completed': ({ actor, node }) => ({ zh: `${actor}办结“${node}”`, en: `${actor} completed “${node}”` }),
  ...TIMER_SENTENCES,
  'message.awaited': ({ node }) => ({ zh: `“${node}”等待消息`, en: `“${node}” waits for a message` }),
  'message.received': ({ node }) => ({ zh: `“${node}”收到消息`, en: `“${node}” received its message` }),
  'message.sent': ({ node }) => ({ zh: `“${node}”发出消息`, en: `“${node}” sent its message` }),
  'signal.awaited': ({ node }) => ({ zh: `“${node}”等待信号`, en: `“${node}” waits for a signal` }),
  'signal.caught': ({ node }) => ({ zh: `“${node}”收到信号`, en: `“${node}” received its signal` }),
  'signal.thrown': ({ node }) => ({ zh: `“${node}”广播信号`, en: `“${node}” broadcast its signal` }),
  'condition.awaited': ({ node }) => ({ zh: `“${node}”等待条件成立`, en: `“${node}” waits for its condition` }),
  'condition.met': ({ node }) => ({ zh: `“${node}”的条件已成立`, en: `The condition of “${node}” came true` }),
  'condition.failed': ({ node, data }) => ({
    zh: `无法判断“${node}”的条件${after('：', data.message)}`,
    en: `The condition of “${node}” could not be judged${after(': ', data.message)}`,
  }),
  'escalation.thrown': ({ node, data, called }) => {
    const [zh, en] = called
      ? ['，转上级办件', '; it goes on to the calling case']
      : ['，无人处理', '; nobody handles it'];
    const isCaught = data.caughtBy !== null;
    return {
      zh: `“${node}”发出升级${noteZh(data.code)}${isCaught ? '' : zh}`,
      en: `“${node}” escalated${noteEn(data.code)}${isCaught ? '' : en}`,
    };
  },
  'escalation.caught': ({ node, data }) => ({
    zh: `“${node}”处理升级${noteZh(data.code)}`,
    en: `“${node}” handles the escalation${noteEn(data.code)}`,
  }),
  'error.thrown': ({ node, data }) => ({
    zh: `转入“${node}”处理：${text(data.message ?? data.code)}`,
    en: `“${node}” took over: ${text(data.message ?? data.code)}`,
  }),
  'error.raised': ({ data }) => ({
    zh: `办件因错误结束，由上级办件处理：${text(data.message || data.code)}`,
    en: `The case ended with an error for the calling case: ${text(data.message || data.code)}`,
  }),
  'ad_hoc.chosen': ({ actor, node, data }) => ({
    zh: `${actor}在“${node}”中选择了 ${count(data.activities)} 项工作`,
    en: `${actor} chose ${count(data.activities)} ${count(data.activities) === 1 ? 'activity' : 'activities'} in “${node}”`,
  }),
  'ad_hoc.ending': ({ node }) => ({
    zh: `“${node}”不再安排新的工作`,
    en: `No more activities are chosen in “${node}”`,
  }),
  'compensation.thrown': ({ node }) => ({
    zh: `“${node}”撤销此前已完成的环节`,
    en: `“${node}” undoes what was done before`,
  }),
  'transaction.cancelled': ({ node }) => ({ zh: `“${node}”被取消`, en: `“${node}” was cancelled` }),
  'record.written': ({ node, data }) => ({
    zh: `“${node}”写入数据存储“${text(data.store)}”的记录 ${text(data.key)}`,
    en: `“${node}” wrote record ${text(data.key)} of “${text(data.store)}”`,
  }),
  'incident.opened': ({ node, data, why = text(data.message) }) => ({
    zh: `“${node}”出现异常，等待处理${why && `：${why}`}`,
    en: `“${node}” needs repair${why && `: ${why}`}`,
  }),
  'incident.resolved': ({ actor, node }) => ({
    zh: `${actor}处理了“${node}”的异常`,
    en: `${actor} had “${node}” tried again`,
  }),
  'variables.set': ({ node }) => ({ zh: `“${node}”登记了办理数据`, en: `“${node}” recorded its data` }),
  ...DEADLINE_SENTENCES,
};

export interface Names {
  /** What an element is called. */
  of(element: string): Words;
  actor: string;
  /** Another case called this one. */
  called?: boolean;
  /** What a department is called; absent: it is called by its id. */
  nameOfDepartment?(id: string): string;
  /** What a refusal code says; undefined where it has no sentence, and its technical text is told instead. */
  why?(code: string): Words | undefined;
}

/** An event in plain words. Unknown types are told by their type. */
export function sentenceOfEvent(event: EventRow, names: Names): Words {
  return { zh: sentenceIn('zh', event, names), en: sentenceIn('en', event, names) };
}

const SYSTEM = { zh: '系统', en: 'The system' };

function sentenceIn(language: 'zh' | 'en', event: EventRow, names: Names): string {
  const { type, node: element, data } = event;
  const nameOf = (id: string) => names.of(id)[language];
  const node = element ? nameOf(element) : '';
  const actor = event.actor === 'system' ? SYSTEM[language] : names.actor;
  const sentence = SENTENCES[type];
  const [group] = (data.groups ?? []) as string[];
  const department = group && (names.nameOfDepartment?.(group) ?? group);
  const why = typeof data.code === 'string' ? names.why?.(data.code)?.[language] : undefined;
  if (sentence)
    return sentence({ node, actor, called: names.called ?? false, department, data, why, nameOf })[language];
  if (language === 'zh') return `记录事件 ${type}${noteZh(node)}`;
  return `Recorded ${type}${noteEn(node)}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}

/** What was said, after the sign; nothing where it is not shown. */
function after(sign: string, said: unknown): string {
  return said ? `${sign}${text(said)}` : '';
}

function noteZh(code: unknown): string {
  return code ? `（${text(code)}）` : '';
}

function noteEn(code: unknown): string {
  return code ? ` (${text(code)})` : '';
}

function count(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
