import { parseCycle, parseDuration, parseTimerDate } from '../../time/iso8601.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const KINDS = {
  date: ['时间点', 'date', '2026-05-01T09:00:00+08:00'],
  duration: ['时长', 'duration', 'P15D'],
  cycle: ['周期', 'cycle', 'R3/PT1H'],
} as const;

/** ISO 8601, or FEEL after `=` that gives such a text when the timer is armed. */
/** `0 0 9-17 * * MON-FRI` */
const CRON = /^\S+(?:\s+\S+){4,6}$/;

export const rule = defineRule('timer-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    const { zh, en } = named(node);
    for (const event of node.events) {
      if (event.type !== 'timer' || event.clock) continue;
      if (event.timers.length !== 1) {
        report.error(
          node.id,
          `${zh}必须且只能指定时间点、时长、周期中的一种`,
          `${en} must state exactly one of date, duration and cycle`,
        );
        continue;
      }
      const { kind, value } = event.timers[0]!;
      if (!('literal' in value) || isValid(kind, value.literal)) continue;
      const [kindZh, kindEn, example] = KINDS[kind];
      if (CRON.test(value.literal)) {
        report.error(
          node.id,
          `${zh}的“${short(value.literal)}”是 cron 表达式，不支持，请改写为 ISO 8601 周期，例如 ${example}`,
          `'${short(value.literal)}' of ${en} is a cron expression, which does not run; write an ISO 8601 cycle, for example ${example}`,
        );
        continue;
      }
      report.error(
        node.id,
        `${zh}的${kindZh}“${short(value.literal)}”无效，应为大于零的 ISO 8601 格式，例如 ${example}`,
        `'${short(value.literal)}' of ${en} is no ISO 8601 ${kindEn} above zero, for example ${example}`,
      );
    }
  }
});

function isValid(kind: keyof typeof KINDS, text: string): boolean {
  switch (kind) {
    case 'date':
      return parseTimerDate(text) !== undefined;
    case 'duration':
      return (parseDuration(text)?.addTo(0) ?? 0) > 0;
    case 'cycle':
      return parseCycle(text) !== undefined;
  }
}
