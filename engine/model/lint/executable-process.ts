import { runnable } from '../parse.ts';
import { defineRule } from './rule.ts';

/** A file publishes one process at least; the id of each is its definition's key. */
export const rule = defineRule('executable-process', ({ model }, report) => {
  const candidates = runnable(model.processes);
  if (candidates.some(({ id }) => id === '')) report.error('', '流程没有 id', 'The process has no id');
  if (candidates.length > 0) return;
  const denied = model.processes[0];
  if (!denied) report.error('', '文件中没有流程', 'The file holds no process');
  else
    report.error(
      denied.id,
      '流程标记为不可执行（isExecutable="false"）',
      'The process is marked as not executable (isExecutable="false")',
    );
});
