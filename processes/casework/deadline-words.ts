import type { JsonObject } from '../../engine/kernel/json.ts';
import { CHINA, momentInWords } from '../due-dates/index.ts';
import { DATE_OF_CASE } from './clock-words.ts';
import type { Words } from './element-words.ts';

/** `department`: whose task it is; undefined where it is nobody's, or older than that being told. */
type About = { node: string; department: string | undefined; data: JsonObject };

/** What the timeline says of limits that come near or pass, and of what the model then has done. */
export const DEADLINE_SENTENCES: Readonly<Record<string, (about: About) => Words>> = {
  'deadline.near': ({ data, ...about }) => {
    // without a promise yellow warns of the statutory limit
    const limit = limitInWords(data, data.dueAt === null ? 'statutory' : 'promise');
    const what = subject(about);
    return { zh: `${what.zh}临近${limit.zh}，亮黄灯`, en: `${what.en} is near ${limit.en}: yellow light` };
  },
  'deadline.passed': ({ data, ...about }) => {
    const limit = limitInWords(data, 'promise');
    const [what, still] = [subject(about), stillInWords(data)];
    return {
      zh: `${what.zh}${still.zh}超过${limit.zh}，亮红灯`,
      en: `${what.en} is ${still.en}past ${limit.en}: red light`,
    };
  },
  'deadline.statutory_passed': ({ data, ...about }) => {
    const limit = limitInWords(data, 'statutory');
    const [what, still] = [subject(about), stillInWords(data)];
    return {
      zh: `${what.zh}${still.zh}超过${limit.zh}，亮深红灯`,
      en: `${what.en} is ${still.en}past ${limit.en}: deep red light`,
    };
  },
  'task.reminded': ({ node, department }) => ({
    zh: `“${node}”已逾期，提醒${department ?? '承办部门'}`,
    en: `“${node}” is overdue: ${department ?? 'its department'} is reminded`,
  }),
  'task.escalated': ({ node, department = '', data }) => {
    // the reason itself is for who mends the model
    const failed =
      data.reason === undefined
        ? { zh: '', en: '' }
        : {
            zh: '，但流程规定的“视为同意”结果无法登记',
            en: ', but what its process enters for a deemed consent cannot be entered: it',
          };
    return {
      zh: `“${node}”已逾期${failed.zh}，上报${department}负责人`,
      en: `“${node}” is overdue${failed.en || ' and'} was escalated${department && ` to the head of ${department}`}`,
    };
  },
  'task.consent_waits': ({ node, department, data }) => {
    const until = momentInWords(data.until as number, CHINA);
    return {
      zh: `“${node}”的期限重新计算后已过或者即将届满：${until.zh}前${department ?? '承办部门'}仍可答复，此后才视为同意`,
      en: `As it is counted now, the limit of “${node}” has passed or is about to: until ${until.en} ${department ?? 'its department'} may still answer; only then is consent deemed`,
    };
  },
  'task.deemed': ({ node, department, data }) => ({
    zh: `${department ? `${department}逾期未答复“${node}”` : `“${node}”逾期未答复`}，依据${data.basis as string}，视为同意`,
    en: `${department ? `${department} did not answer “${node}” in time` : `“${node}” was not answered in time`}: deemed consent by ${data.basis as string}`,
  }),
};

const LIMITS = {
  promise: { zh: '承诺时限', en: 'its promised limit' },
  statutory: { zh: '法定时限', en: 'its statutory limit' },
};

/** What a limit is called: in the acceptance review and the delivery of a case (`of`) by those. */
export function limitInWords({ of }: JsonObject, limit: keyof typeof LIMITS): Words {
  return of === 'acceptance' || of === 'delivery' ? DATE_OF_CASE[of][limit] : LIMITS[limit];
}

/** The limit that a public reason is asked for; events of older versions do not tell: the promise. */
export function limitAsked(data: JsonObject): Words {
  return limitInWords(data, data.limit === 'statutory' ? data.limit : 'promise');
}

/** A task and whose it is, where that is known; without a `node` the case. */
export function subject({ node, department }: Pick<About, 'node' | 'department'>): Words {
  if (!node) return { zh: '办件', en: 'The case' };
  return department
    ? { zh: `${department}的“${node}”`, en: `“${node}” of ${department}` }
    : { zh: `“${node}”`, en: `“${node}”` };
}

/** The date moved, but only to another that had passed as well. */
function stillInWords({ since }: JsonObject): Words {
  return since === undefined ? { zh: '', en: '' } : { zh: '到期时间变动后仍', en: 'still, its date having moved, ' };
}
