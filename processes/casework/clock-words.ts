import type { OtherDate } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { HoldReason } from '../../engine/time/index.ts';
import {
  amountInWords,
  CHINA,
  dayInWords,
  exactMomentInWords,
  momentInWords,
  provisionally,
  reasonInWords,
  type Bilingual,
} from '../due-dates/index.ts';

type Words = { actor: string; data: JsonObject };

/** What the timeline says of a clock that was stopped, runs on, or was given more time. */
export const CLOCK_SENTENCES: Readonly<Record<string, (words: Words) => Bilingual>> = {
  'clock.held': ({ actor, data }) => {
    const { zh, en } = holdInWords(data);
    const told = noticeInWords(data);
    return {
      zh: `${actor}启动特别程序（${zh}），停止计时：${text(data.note)}${told.zh}`,
      en: `${actor} stopped the clock for ${en}: ${text(data.note)}${told.en}`,
    };
  },
  'clock.resumed': ({ actor, data }) => {
    const { zh, en } = holdInWords(data);
    const due = dueAfter(data);
    return {
      zh: `${actor}结束特别程序（${zh}）：${text(data.note)}${due ? `。承诺办结日期为${due.zh}` : ''}`,
      en: `${actor} ended the hold for ${en}: ${text(data.note)}${due ? `. Due on ${due.en}` : ''}`,
    };
  },
  'clock.hold_ended': ({ actor, data }) => {
    const { zh, en } = holdInWords(data);
    return {
      zh: `${actor}结束特别程序（${zh}）：${text(data.note)}。其他特别程序尚未结束，计时继续停止`,
      en: `${actor} ended the hold for ${en}: ${text(data.note)}. The clock stays stopped for another`,
    };
  },
  'clock.held_along': ({ data }) => {
    const { zh, en } = reasonsInWords(data);
    return {
      zh: `上级办件 ${text(data.caller)} 启动特别程序（${zh}），本办件随之停止计时`,
      en: `The calling case ${text(data.caller)} is held for ${en}, and this case along with it`,
    };
  },
  'clock.hold_ended_along': ({ data }) => ({
    zh: `上级办件 ${text(data.caller)} 结束特别程序，本办件另有事由，计时继续停止`,
    en: `A hold of the calling case ${text(data.caller)} has ended. The clock of this case stays stopped for another reason`,
  }),
  'clock.resumed_along': ({ data }) => {
    // of whichever phase the called case is in
    const due = dueAfter(data);
    return {
      zh: `上级办件 ${text(data.caller)} 结束特别程序，本办件随之恢复计时${due ? `。到期时间为${due.zh}` : ''}`,
      en: `The hold of the calling case ${text(data.caller)} has ended, and with it that of this case${due ? `. Due on ${due.en}` : ''}`,
    };
  },
  'clock.hold_overdue': ({ data }) => {
    const { zh, en } = holdInWords(data);
    const expected = dayOf(data.expectedAt);
    return {
      zh: `特别程序（${zh}）已超过告知的期限${expected.zh}，仍未结束`,
      en: `The hold for ${en} was expected to end on ${expected.en} and goes on`,
    };
  },
  'clock.extended': ({ actor, data }) => {
    const amount = amountInWords(Number(data.value), data.unit as Parameters<typeof amountInWords>[1], 0);
    const due = dueAfter(data);
    return {
      zh: `${actor}批准延期 ${amount.zh}：${text(data.note)}${due ? `。承诺办结日期为${due.zh}` : ''}`,
      en: `${actor} extended the limit by ${amount.en}: ${text(data.note)}${due ? `. Due on ${due.en}` : ''}`,
    };
  },
  'deadline.recounted': ({ data }) => {
    const { zh, en } = movedInWords(data);
    return {
      zh: `按放假通知（${text(data.notice)}）重新计算到期时间${zh && `：${zh}`}`,
      en: `Due dates counted again by the notice of holidays ${text(data.notice)}${en && `: ${en}`}`,
    };
  },
};

interface Moved {
  of?: OtherDate;
  element: string;
  name: string;
  limit?: 'statutory';
  was: number | null;
  is: number | null;
  wasProvisional: boolean;
  isProvisional?: boolean;
  /** It comes at a moment within its day. */
  exact?: boolean;
}

/** What the dates of a case are called, by its clock. */
export const DATE_OF_CASE = {
  handling: {
    promise: { zh: '承诺办结日期', en: 'the due date' },
    statutory: { zh: '法定办结日期', en: 'the statutory date' },
  },
  acceptance: {
    promise: { zh: '受理审查期限', en: 'the limit of acceptance review' },
    statutory: { zh: '法定受理审查期限', en: 'the statutory limit of acceptance review' },
  },
  delivery: {
    promise: { zh: '送达期限', en: 'the limit of delivery' },
    statutory: { zh: '法定送达期限', en: 'the statutory limit of delivery' },
  },
};
const CHECKED = {
  supplement: { zh: '补正期限', en: 'the time to supplement' },
  hold: { zh: '特别程序预计结束日期', en: 'the expected end of the hold' },
};

/** The date of the case, else of its first task that moved, with times where it stays on its day; and how many more moved. */
function movedInWords({ dueDates }: JsonObject): Bilingual {
  const moved = Array.isArray(dueDates) ? (dueDates as unknown as Moved[]) : [];
  const first = moved.find(({ was, is }) => was !== is && is !== null) ?? moved.find(({ is }) => is !== null);
  if (!first) return { zh: '', en: '' };
  const moves = first.was !== null && first.was !== first.is;
  const withinDay = moves && dayInWords(first.was!, CHINA).zh === dayInWords(first.is!, CHINA).zh;
  const date = (at: number) => (withinDay ? exactMomentInWords : dayInWords)(at, CHINA);
  const is = provisionally(date(first.is!), first.isProvisional);
  const was = moves ? date(first.was!) : undefined;
  const of = nameOfDate(first);
  const besides = movedBesides(first);
  const more = moved.length - 1;
  return {
    zh: `${of.zh}${was ? `由${was.zh}改为${is.zh}` : `仍为${is.zh}`}${besides.zh}${more > 0 ? `，另有 ${more} 个期限` : ''}`,
    en: `${of.en} ${was ? `moved from ${was.en} to ${is.en}` : `stays ${is.en}`}${besides.en}${more > 0 ? `, and ${more} more` : ''}`,
  };
}

/** What a recount changed of a date besides its day: that it is certain now; or its yellow light, where it stays as it was. */
function movedBesides({ was, is, wasProvisional, isProvisional = false }: Moved): Bilingual {
  if (wasProvisional && !isProvisional) return { zh: '，不再是暂定', en: ', no longer provisional' };
  if (was === is && wasProvisional === isProvisional)
    return { zh: '，只有黄灯时间变动', en: ', only its yellow light moves' };
  return { zh: '', en: '' };
}

function nameOfDate({ of, element, name, limit }: Moved): Bilingual {
  if (element !== '' || of === 'timer') return { zh: `“${name}”`, en: `“${name}”` };
  if (of === 'branch') return { zh: `${name}的办理期限`, en: `the date of ${name}` };
  return of === 'supplement' || of === 'hold' ? CHECKED[of] : DATE_OF_CASE[of ?? 'handling'][limit ?? 'promise'];
}

function holdInWords({ reason, local }: JsonObject): Bilingual {
  if (local !== null && typeof local === 'object' && !Array.isArray(local))
    return { zh: text(local.zh), en: text(local.en) };
  return reasonInWords(reason as HoldReason);
}

function reasonsInWords({ reasons }: JsonObject): Bilingual {
  const all = (reasons as JsonObject[]).map(holdInWords);
  return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
}

/** Of holds that state a notice and how long they take. */
function noticeInWords({ expectedDays, notice }: JsonObject): Bilingual {
  if (typeof expectedDays !== 'number') return { zh: '', en: '' };
  const amount = amountInWords(expectedDays, 'workingDays', 0);
  const number = text((notice as JsonObject | undefined)?.number);
  return { zh: `（预计 ${amount.zh}，告知书${number}）`, en: ` (expected to take ${amount.en}; notice ${number})` };
}

function dayOf(at: JsonObject[string] | undefined): Bilingual {
  return typeof at === 'number' ? dayInWords(at, CHINA) : { zh: '', en: '' };
}

/** The due date of the whole case, where it moved and is known; with its time where that counts. */
function dueAfter({ dueDates }: JsonObject): Bilingual | undefined {
  const moved = Array.isArray(dueDates)
    ? (dueDates as unknown as Pick<Moved, 'element' | 'limit' | 'is' | 'isProvisional' | 'exact'>[])
    : [];
  const due = moved.find(({ element, limit }) => element === '' && limit === undefined);
  if (typeof due?.is !== 'number') return undefined;
  return provisionally((due.exact ? momentInWords : dayInWords)(due.is, CHINA), due.isProvisional);
}

function text(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
