import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Phase } from '../../engine/time/index.ts';
import { CHINA, dayInWords, momentInWords, provisionally, type Bilingual } from '../due-dates/index.ts';

type Words = { actor: string; data: JsonObject };

const NOTHING = { zh: '', en: '' };

/** What the clocks of a case are called. */
export const PHASE_NAMES: Readonly<Record<Phase, Bilingual>> = {
  acceptance: { zh: '受理审查', en: 'acceptance review' },
  handling: { zh: '办理', en: 'handling' },
  delivery: { zh: '送达', en: 'delivery' },
};

/** What the timeline says of acceptance, supplements, decision and delivery. */
export const PHASE_SENTENCES: Readonly<Record<string, (words: Words) => Bilingual>> = {
  'case.accepted': ({ data }) => {
    const from = day(data.acceptedAt);
    const moot =
      data.unanswered === true
        ? {
            zh: '。此前告知补正的内容，不需要再补正',
            en: '. What was asked for before need not be supplemented any more',
          }
        : NOTHING;
    if (data.noReview === true)
      return {
        zh: `流程新版本没有受理审查，视同受理，办理时限自${from.zh}起算${moot.zh}`,
        en: `The new version of the process has no acceptance review: accepted, handling counts from ${from.en}${moot.en}`,
      };
    if (data.carried === true)
      return {
        zh: `办件已转到受理之后的环节，视同受理，办理时限自${from.zh}起算${moot.zh}`,
        en: `Taken past acceptance: handling counts from ${from.en}${moot.en}`,
      };
    if (data.by !== 'silence')
      return {
        zh: `受理，办理时限自${from.zh}起算${moot.zh}`,
        en: `Accepted: handling counts from ${from.en}${moot.en}`,
      };
    return {
      zh: `逾期未告知，视为受理：办理时限自收到申请材料之日${from.zh}起算（${text(data.basis)}）`,
      en: `Nothing was told in time, so the case counts as accepted: handling counts from receipt, ${from.en} (Administrative Licensing Law, art. 32)`,
    };
  },
  'case.silence_waits': ({ data }) => {
    const until = typeof data.until === 'number' ? momentInWords(data.until, CHINA) : NOTHING;
    return {
      zh: `受理审查期限重新计算后已过或者即将届满：${until.zh}前仍可受理、不予受理或者告知补正，此后才视为受理`,
      en: `As it is counted now, the limit of the acceptance review has passed or is about to: until ${until.en} the office may still decide or tell what is missing; only then does silence accept`,
    };
  },
  'case.not_accepted': ({ data }) => {
    if (data.late !== true) return { zh: '不予受理', en: 'Not accepted' };
    const from = day(data.acceptedAt);
    const how =
      data.acceptedBy === 'silence' ? { zh: '视为受理', en: 'counts as accepted' } : { zh: '受理', en: 'was accepted' };
    return {
      zh: `注意：自${from.zh}已${how.zh}，之后又作出不予受理，不合法`,
      en: `Unlawful: the case ${how.en} from ${from.en}, and was refused acceptance after that`,
    };
  },
  'case.decided': ({ data }) =>
    data.carried === true
      ? {
          zh: '办件已转到作出决定之后的环节，送达时限开始计算',
          en: 'Taken past the decision: the limit of delivery begins',
        }
      : { zh: '作出决定，送达时限开始计算', en: 'Decided: the limit of delivery begins' },
  'case.delivered': () => ({ zh: '已送达', en: 'Delivered' }),
  'supplement.noticed': ({ actor, data }) => {
    const again = data.again === true;
    const defects = defectsInWords(data.defects);
    if (defects === NOTHING)
      return {
        zh: `${actor}${again ? '再次' : ''}告知补正，内容见流程中的补正环节${again ? '（法律要求一次告知）' : ''}`,
        en: `${actor} asked the applicant ${again ? 'again (the law asks for once) ' : ''}to supplement, by a task of the process`,
      };
    const until =
      typeof data.until === 'number' ? provisionally(momentInWords(data.until, CHINA), data.provisional) : undefined;
    const by = until ? { zh: `，请在${until.zh}前补正`, en: `; until ${until.en}` } : NOTHING;
    const why =
      again && data.reason
        ? { zh: `。再次告知的理由：${text(data.reason)}`, en: `. Why again: ${text(data.reason)}` }
        : NOTHING;
    const note = data.note ? { zh: `。${text(data.note)}`, en: `. ${text(data.note)}` } : NOTHING;
    return {
      zh: `${actor}${again ? '再次告知补正（法律要求一次告知）' : '一次性告知补正'}${defects.zh}${by.zh}${note.zh}${why.zh}`,
      en: `${actor} told the applicant ${again ? 'again (the law asks for once) ' : ''}what to supplement${defects.en}${by.en}${note.en}${why.en}`,
    };
  },
  'supplement.answered': ({ actor, data }) => {
    const what = handedInInWords(data);
    return {
      zh: `${actor}提交补正${what.zh}，受理审查重新计时${data.note ? `：${text(data.note)}` : ''}`,
      en: `${actor} supplemented${what.en}; the acceptance review begins anew${data.note ? `: ${text(data.note)}` : ''}`,
    };
  },
  'supplement.ended': () => ({ zh: '补正环节结束，没有补正', en: 'The supplement ended without an answer' }),
  'case.returned': ({ data }) => {
    const until = typeof data.until === 'number' ? momentInWords(data.until, CHINA) : NOTHING;
    return {
      zh: `到${until.zh}没有补正，申请退回，视为撤回申请`,
      en: `Nothing was supplemented by ${until.en}: the application is returned and counts as withdrawn`,
    };
  },
};

function defectsInWords(defects: JsonObject[string] | undefined): Bilingual {
  if (!Array.isArray(defects) || defects.length === 0) return NOTHING;
  const list = (defects as { material: string; problem: string }[]).map(({ material, problem }) => ({
    zh: `${material}（${problem}）`,
    en: `${material} (${problem})`,
  }));
  return { zh: `：${list.map(({ zh }) => zh).join('、')}`, en: `: ${list.map(({ en }) => en).join(', ')}` };
}

/** How much was corrected and handed in; nothing where only words were. */
function handedInInWords({ changes, files }: JsonObject): Bilingual {
  const parts: Bilingual[] = [];
  if (typeof changes === 'number' && changes > 0)
    parts.push({ zh: `更正申请内容 ${changes} 项`, en: `${changes} of the application's values corrected` });
  if (typeof files === 'number' && files > 0)
    parts.push({ zh: `提交文件 ${files} 份`, en: `${files} file${files === 1 ? '' : 's'}` });
  if (parts.length === 0) return NOTHING;
  return { zh: `（${parts.map(({ zh }) => zh).join('，')}）`, en: ` (${parts.map(({ en }) => en).join(', ')})` };
}

function day(at: JsonObject[string] | undefined): Bilingual {
  return typeof at === 'number' ? dayInWords(at, CHINA) : NOTHING;
}

function text(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
