import type { JsonObject } from '../../engine/kernel/json.ts';
import type { HoldReason } from '../../engine/time/index.ts';
import { CHINA_OFFSET_MS } from '../../engine/time/index.ts';
import { amountInWords, dayInWords, reasonInWords, type Bilingual } from '../due-dates/index.ts';

type Words = { actor: string; data: JsonObject };

/** What the timeline says of a clock that was stopped, runs on, or was given more time. */
export const CLOCK_SENTENCES: Readonly<Record<string, (words: Words) => Bilingual>> = {
  'clock.held': ({ actor, data }) => {
    const { zh, en } = reasonInWords(data.reason as HoldReason);
    return {
      zh: `${actor}启动特别程序（${zh}），停止计时：${text(data.note)}`,
      en: `${actor} stopped the clock for ${en}: ${text(data.note)}`,
    };
  },
  'clock.resumed': ({ actor, data }) => {
    const { zh, en } = reasonInWords(data.reason as HoldReason);
    const due = dueAfter(data);
    return {
      zh: `${actor}结束特别程序（${zh}）：${text(data.note)}${due ? `。承诺办结日期为${due.zh}` : ''}`,
      en: `${actor} ended the hold for ${en}: ${text(data.note)}${due ? `. Due on ${due.en}` : ''}`,
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
};

/** The due date of the whole case, where it moved and is known. */
function dueAfter({ dueDates }: JsonObject): Bilingual | undefined {
  const moved = Array.isArray(dueDates) ? (dueDates as { element: string; is: number | null }[]) : [];
  const due = moved.find(({ element }) => element === '')?.is;
  return typeof due === 'number' ? dayInWords(due, { utcOffsetMs: CHINA_OFFSET_MS }) : undefined;
}

function text(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
