import { groupBy } from '../../kernel/group-by.ts';
import type { Limit } from '../graph.ts';
import type { ParsedLimit, ParsedLimits, ParsedNode } from '../parsed-model.ts';
import { longestPath, rounded } from './longest-path.ts';
import { phaseOfNodes } from './phases.ts';
import { assumption, leastOf, numberOf, sizeOf, UNITS, unitOf, usualOf } from './promise-parts.ts';
import type { LintContext, Report } from './rule.ts';
import { short } from './words.ts';

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
 * The departments of a joint case whose steps of the handling do not fit into its limit, each kind of limit into its own.
 * Where the case has no promise, its statutory limit stands for it; where it has only a promise, steps of which only the law
 * says something are a warning. So is what fits by the letter, but not into weeks of five working days.
 */
export function reportBranches(context: LintContext, report: Report): void {
  const phaseOf = phaseOfNodes(context);
  const handling = context.nodes.filter((node) => phaseOf(node) === 'handling');
  for (const comparison of COMPARISONS) {
    const limited = handling.filter((node) => numberOf(comparison.part(node)) !== undefined);
    for (const [department, tasks] of groupBy(limited, ({ assignment }) => assignment?.candidateGroups[0]))
      reportBranch(context, comparison, { department, tasks }, report);
  }
}

interface Branch {
  readonly department: string;
  readonly tasks: readonly ParsedNode[];
}

/** One department alone, its steps along the longest path taken together, exceeds the whole. */
function reportBranch(
  context: LintContext,
  comparison: Comparison,
  { department, tasks }: Branch,
  report: Report,
): void {
  const { process } = context;
  const whole = process && comparison.whole(process);
  const total = numberOf(whole);
  if (!process || !whole || total === undefined) return;
  const unit = unitOf(whole);
  const parts = tasks.map((node) => comparison.part(node)!);
  const most = (weigh: (limit: ParsedLimit | undefined, unit: Limit['unit']) => number): number => {
    if (!comparison.addsUp) return Math.max(...parts.map((limit) => weigh(limit, unit)));
    const own = new Set(tasks);
    return longestPath(context, (node) => (own.has(node) ? weigh(comparison.part(node), unit) : 0));
  };
  const [least, usual] = [rounded(most(leastOf)), rounded(most(usualOf))];
  if (Math.max(least, usual) <= total) return;
  const certain = least > total;
  const days = certain ? assumption([whole, ...parts]) : USUAL_WEEKS;
  const [zh, en] = comparison.addsUp ? ['合计', 'add up to'] : ['', 'come to'];
  const [about, aboutEn] = certain ? ['至少', 'at least'] : ['约', 'about'];
  const amount = certain ? least : usual;
  const tell = certain && !comparison.mayBe ? report.error : report.warning;
  tell(
    process.id,
    `部门“${short(department)}”各环节${comparison.zh}${zh}${about} ${amount} ${UNITS[unit]}${days.zh}，超过联合办理的总时限 ${sizeOf(whole, 'zh')}`,
    `The ${comparison.en} of department '${short(department)}' ${en} ${aboutEn} ${amount}${days.en}, more than the ${sizeOf(whole, 'en')} of the joint case`,
    tasks.map(({ id }) => id),
  );
}

const USUAL_WEEKS = { zh: '（每周按 5 个工作日折算）', en: ' (a week counted as 5 working days)' };
