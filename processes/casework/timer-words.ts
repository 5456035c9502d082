import type { JsonObject } from '../../engine/kernel/json.ts';
import { CHINA_OFFSET_MS } from '../../engine/time/index.ts';
import type { Words } from './element-words.ts';

/** What the timeline says of timers; one has no time while its clock stands still, and where its date is not to come. */
export const TIMER_SENTENCES: Readonly<Record<string, (about: { node: string; data: JsonObject }) => Words>> = {
  'timer.armed': ({ node, data }) =>
    data.dueAt === null
      ? { zh: `“${node}”没有到时时间`, en: `“${node}” has no time set` }
      : {
          zh: `“${node}”开始计时，将于${instant(data.dueAt)}到时`,
          en: `“${node}” is set for ${instant(data.dueAt)}`,
        },
  'timer.moved': ({ node, data }) =>
    data.is === null
      ? { zh: `“${node}”停止计时`, en: `“${node}” stands still` }
      : {
          zh: `“${node}”改为${instant(data.is)}到时`,
          en: `“${node}” is now set for ${instant(data.is)}`,
        },
  'timer.fired': ({ node }) => ({ zh: `“${node}”到时`, en: `“${node}” went off` }),
};

function instant(value: unknown): string {
  if (typeof value !== 'number') return '—';
  return new Date(value + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}
