import { runnable } from '../parse.ts';
import { defineRule } from './rule.ts';
import { short } from './words.ts';

/** A file publishes one process: its id is the definition's key. */
export const rule = defineRule('executable-process', ({ model }, report) => {
  const candidates = runnable(model.processes);
  if (candidates.length === 1) {
    const { id } = candidates[0]!;
    if (id === '') report.error('', '流程没有 id', 'The process has no id');
    return;
  }
  if (candidates.length === 0) {
    const denied = model.processes[0];
    if (!denied) report.error('', '文件中没有流程', 'The file holds no process');
    else
      report.error(
        denied.id,
        '流程标记为不可执行（isExecutable="false"）',
        'The process is marked as not executable (isExecutable="false")',
      );
    return;
  }
  for (const { id, name } of candidates.slice(1)) {
    report.error(
      id,
      `一个文件只能有一个可执行流程，“${short(name)}”是多余的`,
      `A file may hold one executable process; '${short(id)}' is one too many`,
    );
  }
});
