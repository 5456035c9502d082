import { severalHandle } from '../handlers.ts';
import type { ParsedLimit } from '../parsed-model.ts';
import { reportBranches } from './branch-parts.ts';
import { stepsAt } from './called-parts.ts';
import { rounded } from './longest-path.ts';
import { handlersOf } from './phases.ts';
import { leastOf } from './promise-parts.ts';
import { defineRule, type LintContext, type Report } from './rule.ts';
import { short } from './words.ts';

/** Working days that the law on licences allows one department, and several that handle a case jointly (art. 42). */
const ALONE = 20;
const JOINTLY = 45;

/** The departments of a joint case fit into its limit, and that into what the law allows. */
export const rule = defineRule('joint-valid', (context, report) => {
  const { process } = context;
  if (!process) return;
  const { joint } = process;
  if (joint !== undefined && joint !== 'true' && joint !== 'false') {
    report.error(
      process.id,
      `ov:joint“${short(joint)}”应为 true 或 false`,
      `ov:joint '${short(joint)}' must be true or false`,
    );
    return;
  }
  if (joint === 'true' && mostDepartments(context) < 2) {
    report.warning(
      process.id,
      '流程标为联合办理（ov:joint），但只有不到两个部门办理',
      'The process is said to be handled jointly (ov:joint), but names less than two departments',
    );
  }
  const jointly = joint === undefined ? severalHandle(handlersOf(context), context.onlyReceives) : joint === 'true';
  if (jointly) reportBranches(context, report);
  reportBeyondLaw(process.id, process.limit, ['承诺时限', 'promise'], jointly, report);
  reportBeyondLaw(process.id, process.statutory, ['法定时限', 'statutory limit'], jointly, report);
});

/** Those of called processes as well; any number where a case names them. */
function mostDepartments(context: LintContext): number {
  const assignments = stepsAt(context, context.nodes).map(({ task }) => task.assignment);
  if (assignments.some((assignment) => assignment?.groups)) return Infinity;
  return new Set(assignments.flatMap((assignment) => assignment?.candidateGroups ?? [])).size;
}

/** An error where the limit rests on that law itself; another law may say otherwise. */
function reportBeyondLaw(
  element: string,
  limit: ParsedLimit | undefined,
  [zh, en]: readonly [zh: string, en: string],
  jointly: boolean,
  report: Report,
): void {
  const days = rounded(leastOf(limit, 'workingDays'));
  const most = jointly ? JOINTLY : ALONE;
  if (days <= most) return;
  const [wordsZh, wordsEn] = jointly ? ['联合办理', 'joint handling'] : ['单个部门办理', 'one department'];
  const sentence = [
    `${zh}至少 ${days} 个工作日，超过《行政许可法》第四十二条${wordsZh}的 ${most} 个工作日（延期另计）`,
    `The ${en} of at least ${days} working days exceeds the ${most} that art. 42 of the law on licences allows ${wordsEn}, extension not counted`,
  ] as const;
  const laws = (limit?.basis ?? '').match(/《[^》]+》/g) ?? [];
  if (laws.length > 0 && laws.every((law) => law.includes('行政许可法'))) return report.error(element, ...sentence);
  report.warning(
    element,
    `${sentence[0]}，请确认${laws.length > 0 ? '所写依据' : '其他法律法规'}另有规定`,
    `${sentence[1]}; make sure that ${laws.length > 0 ? 'the basis stated' : 'another law'} says so`,
  );
}
