import { parseDuration, parseTimerDate } from '../../time/index.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** Fixed due dates and priorities are checked when they are uploaded, not when the first task opens. */
export const rule = defineRule('task-schedule-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    const { dueDate, followUpDate, priority } = node.assignment ?? {};
    if (!dueDate && !followUpDate && !priority) continue;
    const { zh, en } = named(node);
    for (const [source, wordZh, wordEn] of [
      [dueDate, '到期时间', 'due date'],
      [followUpDate, '跟进时间', 'follow-up date'],
    ] as const) {
      if (!source || !('literal' in source)) continue;
      if (parseTimerDate(source.literal) !== undefined || parseDuration(source.literal)) continue;
      report.error(
        node.id,
        `${zh}的${wordZh}“${short(source.literal)}”应为 ISO 8601 日期或时长，例如 2026-03-01T09:00:00、P5D`,
        `The ${wordEn} '${short(source.literal)}' of ${en} must be an ISO 8601 date or duration, for example 2026-03-01T09:00:00 or P5D`,
      );
    }
    if (dueDate && node.limit?.value !== undefined) {
      report.warning(
        node.id,
        `${zh}已有承诺时限（ov:promise），到期时间不会生效`,
        `${en} has a promise (ov:promise): its due date has no effect`,
      );
    }
    if (priority && 'literal' in priority && !/^-?\d{1,9}$/.test(priority.literal)) {
      report.error(
        node.id,
        `${zh}的优先级“${short(priority.literal)}”应为整数`,
        `The priority '${short(priority.literal)}' of ${en} must be a whole number`,
      );
    }
  }
});
