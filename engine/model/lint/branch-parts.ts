import { groupBy } from '../../kernel/group-by.ts';
import type { ParsedLimit, ParsedLimits, ParsedNode } from '../parsed-model.ts';
import { longestPath, rounded } from './longest-path.ts';
import { phaseOfNodes } from './phases.ts';
import { assumption, leastOf, numberOf, sizeOf, UNITS, unitOf } from './promise-parts.ts';
import type { LintContext, Report } from './rule.ts';
import { short } from './words.ts';

/** One of the two limits, what to call it, and whether a department uses up all that its steps are given. */
interface Kind {
  readonly of: (owner: ParsedLimits) => ParsedLimit | undefined;
  readonly zh: string;
  readonly en: string;
  readonly addsUp: boolean;
}

const KINDS: readonly Kind[] = [
  { of: ({ limit }) => limit, zh: '承诺时限', en: 'promises', addsUp: true },
  // the law gives each step its most; that all of them take it is no mistake of the model
  { of: ({ statutory }) => statutory, zh: '法定时限', en: 'statutory limits', addsUp: false },
];

/** The departments of a joint case whose steps of the handling do not fit into its promise, or its statutory limit. */
export function reportBranches(context: LintContext, report: Report): void {
  const phaseOf = phaseOfNodes(context);
  const handling = context.nodes.filter((node) => phaseOf(node) === 'handling');
  for (const kind of KINDS) {
    const limited = handling.filter((node) => numberOf(kind.of(node)) !== undefined);
    for (const [department, tasks] of groupBy(limited, ({ assignment }) => assignment?.candidateGroups[0]))
      reportBranch(context, kind, { department, tasks }, report);
  }
}

interface Branch {
  readonly department: string;
  readonly tasks: readonly ParsedNode[];
}

/** One department alone, its steps along the longest path taken together, exceeds the whole. */
function reportBranch(context: LintContext, kind: Kind, { department, tasks }: Branch, report: Report): void {
  const { process } = context;
  const whole = process && kind.of(process);
  const total = numberOf(whole);
  if (!process || !whole || total === undefined) return;
  const unit = unitOf(whole);
  const weigh = (node: ParsedNode) => leastOf(kind.of(node), unit);
  const own = new Set(tasks);
  const most = kind.addsUp
    ? longestPath(context, (node) => (own.has(node) ? weigh(node) : 0))
    : Math.max(...tasks.map(weigh));
  if (most <= total) return;
  const days = assumption([whole, ...tasks.map((node) => kind.of(node)!)]);
  const [zh, en] = kind.addsUp ? ['合计至少', 'add up to'] : ['至少', 'come to'];
  report.error(
    process.id,
    `部门“${short(department)}”各环节${kind.zh}${zh} ${rounded(most)} ${UNITS[unit]}${days.zh}，超过联合办理的总时限 ${sizeOf(whole, 'zh')}`,
    `The ${kind.en} of department '${short(department)}' ${en} at least ${rounded(most)}${days.en}, more than the ${sizeOf(whole, 'en')} of the joint case`,
    tasks.map(({ id }) => id),
  );
}
