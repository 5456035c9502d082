import { groupBy } from '../../kernel/group-by.ts';
import type { Limit } from '../graph.ts';
import type { ParsedLimit, ParsedLimits } from '../parsed-model.ts';
import { stepsAt, withCalled, type Step } from './called-parts.ts';
import { longestPath, rounded } from './longest-path.ts';
import { phaseOfNodes } from './phases.ts';
import { assumption, leastOf, numberOf, sizeOf, UNITS, unitOf, usualOf } from './promise-parts.ts';
import type { LintContext, Report } from './rule.ts';
import { named, short } from './words.ts';

/** What of a department is held against what of the whole, and what to call it. */
interface Comparison {
  readonly part: (owner: ParsedLimits) => ParsedLimit | undefined;
  readonly whole: (process: ParsedLimits) => ParsedLimit | undefined;
  readonly zh: string;
  readonly en: string;
  /** A department uses up all that its steps are given. */
  readonly addsUp?: true;
  /** The law may allow a step more than is promised of the whole. */
  readonly mayBe?: true;
}

const PROMISES = { zh: '承诺时限', en: 'promises' };
const STATUTORY = { zh: '法定时限', en: 'statutory limits' };

const COMPARISONS: readonly Comparison[] = [
  { ...PROMISES, part: ({ limit }) => limit, whole: ({ limit, statutory }) => limit ?? statutory, addsUp: true },
  // the law gives each step its most; that all of them take it is no mistake of the model
  { ...STATUTORY, part: ({ statutory }) => statutory, whole: ({ statutory }) => statutory },
  {
    ...STATUTORY,
    part: ({ limit, statutory }) => (limit ? undefined : statutory),
    whole: ({ limit, statutory }) => (statutory ? undefined : limit),
    mayBe: true,
  },
];

/**
 * The departments of a joint case whose steps of the handling do not fit into its limit, each kind of limit into its own;
 * what a called process has them do is among these, where it is known. Where only the case names the department, a step is held
 * against the limit by itself, once: which of them one department will be asked, and how often, nobody knows.
 * Where the case has no promise, its statutory limit stands for it; where it has only a promise, steps of which only the law
 * says something are a warning. So is what fits by the letter, but not into weeks of five working days.
 */
export function reportBranches(context: LintContext, report: Report): void {
  const phaseOf = phaseOfNodes(context);
  const handling = context.nodes.filter((node) => phaseOf(node) === 'handling');
  const steps = stepsAt(context, handling);
  for (const comparison of COMPARISONS) {
    const limited = steps.filter(({ task }) => numberOf(comparison.part(task)) !== undefined);
    for (const [department, own] of groupBy(limited, ({ task }) => task.assignment?.candidateGroups[0]))
      reportBranch(context, comparison, { department, steps: own }, report);
    for (const step of limited.filter(({ task }) => task.assignment?.groups))
      reportBranch(context, comparison, { steps: [step] }, report);
  }
}

interface Branch {
  /** Absent: whom the case names for its one step. */
  readonly department?: string;
  readonly steps: readonly Step[];
}

/** One department alone, its steps along the longest path taken together, exceeds the whole. */
function reportBranch(
  context: LintContext,
  comparison: Comparison,
  { department, steps }: Branch,
  report: Report,
): void {
  const { process } = context;
  const whole = process && comparison.whole(process);
  const total = numberOf(whole);
  if (!process || !whole || total === undefined) return;
  const addsUp = comparison.addsUp && department !== undefined;
  const unit = unitOf(whole);
  const parts = steps.map(({ task }) => comparison.part(task)!);
  const tasks = new Set(steps.map(({ task }) => task));
  const places = new Set([...new Set(steps.map((step) => step.places))].flat());
  const most = (weigh: (limit: ParsedLimit | undefined, unit: Limit['unit']) => number): number => {
    if (!addsUp) return Math.max(...parts.map((limit) => weigh(limit, unit)));
    const own = withCalled(context, (node) => (tasks.has(node) ? weigh(comparison.part(node), unit) : 0));
    return longestPath(context, (node) => (places.has(node) ? own(node) : 0));
  };
  const least = rounded(most(leastOf));
  const certain = least > total;
  const amount = certain ? least : rounded(most(usualOf));
  if (amount <= total) return;
  const days = certain ? assumption([whole, ...parts]) : USUAL_WEEKS;
  const [sumZh, sumEn] = addsUp ? ['合计', 'add up to'] : ['', 'come to'];
  const [withZh, withEn] = steps.some(({ task }) => !places.has(task))
    ? ['（含所调用的流程）', ', with the processes that are called,']
    : ['', ''];
  const whose =
    department === undefined
      ? {
          zh: `由办件指定部门的${named(steps[0]!.task).zh}`,
          en: `${named(steps[0]!.task).en}, whose department the case names,`,
        }
      : { zh: `部门“${short(department)}”各环节`, en: `department '${short(department)}'` };
  const [about, aboutEn] = certain ? ['至少', 'at least'] : ['约', 'about'];
  const tell = certain && !comparison.mayBe ? report.error : report.warning;
  tell(
    process.id,
    `${whose.zh}${withZh}${comparison.zh}${sumZh}${about} ${amount} ${UNITS[unit]}${days.zh}，超过联合办理的总时限 ${sizeOf(whole, 'zh')}`,
    `The ${comparison.en} of ${whose.en}${withEn} ${sumEn} ${aboutEn} ${amount}${days.en}, more than the ${sizeOf(whole, 'en')} of the joint case`,
    [...places].map(({ id }) => id),
  );
}

const USUAL_WEEKS = { zh: '（每周按 5 个工作日折算）', en: ' (a week counted as 5 working days)' };
