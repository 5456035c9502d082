import { PHASE_LAW } from '../../time/phase-law.ts';
import { isAmount } from '../../time/terms.ts';
import { HOURS_PER_DAY, inUnit, inUsualWeeks } from '../at-least.ts';
import type { Limit, PhaseLimits } from '../graph.ts';
import type { ParsedLimit, ParsedNode, ParsedProcess } from '../parsed-model.ts';
import { withCalled } from './called-parts.ts';
import { longestPath } from './longest-path.ts';
import { PHASE_WORDS, phaseOfNodes, type PhaseName } from './phases.ts';
import type { LintContext, Report } from './rule.ts';
import { named, short } from './words.ts';

/** Units of a promise, and how Chinese readers name them. */
export const UNITS: Readonly<Record<string, string>> = {
  workingDays: '个工作日',
  calendarDays: '个自然日',
  workingHours: '个工作小时',
};

/** A clock of the process: what its tasks have to fit into, and how sentences call it. */
interface PhaseClock {
  readonly phase: PhaseName;
  readonly limit: ParsedLimit;
  readonly zh: string;
  readonly en: string;
}

/** Those with a limit: of the model, or of acceptance and delivery the law's. */
function clocksOf({ process, nodes, flows }: LintContext): PhaseClock[] {
  if (!process) return [];
  const marked = new Set([...nodes, ...flows].flatMap(({ milestone }) => milestone ?? []));
  const whole = marked.size === 0 ? { zh: '全流程', en: 'the process' } : PHASE_WORDS.handling;
  const stated = (phase: keyof PhaseLimits): PhaseClock => {
    const limit = process[phase]?.limit;
    return {
      phase,
      limit: limit && numberOf(limit) !== undefined ? limit : { value: String(PHASE_LAW[phase].value) },
      ...PHASE_WORDS[phase],
    };
  };
  return [
    ...(marked.has('accepted') ? [stated('acceptance')] : []),
    ...(process.limit ? [{ phase: 'handling' as const, limit: process.limit, ...whole }] : []),
    ...(marked.has('decided') ? [stated('delivery')] : []),
  ];
}

/**
 * Promises of tasks that exceed that of the phase they belong to (acceptance, handling, delivery; without milestones the
 * whole process): one task alone, or the longest path. A call activity promises what the process promises that it calls.
 * Limits in other units count with what they come to at least, so that only what cannot be kept is told.
 */
export function reportPartsBeyondWhole(context: LintContext, report: Report): void {
  const phaseOf = phaseOfNodes(context);
  for (const clock of clocksOf(context)) reportBeyond(context, clock, (node) => phaseOf(node) === clock.phase, report);
}

function reportBeyond(
  context: LintContext,
  { limit, zh, en }: PhaseClock,
  isPart: (node: ParsedNode) => boolean,
  report: Report,
): void {
  const { process, nodes } = context;
  const total = numberOf(limit);
  if (!process || total === undefined) return;
  const unit = unitOf(limit);
  let tooLong = false;
  for (const node of nodes) {
    const called = context.called(node)?.process;
    const part = called ? called.limit : node.limit;
    if (!part || !isPart(node) || leastOf(part, unit) <= total) continue;
    tooLong = true;
    const whose = called ? calledInWords(node, called) : named(node);
    report.warning(
      node.id,
      `${whose.zh}的承诺时限 ${sizeOf(part, 'zh')}超过${zh}的 ${total} ${UNITS[unit]}`,
      `The promise of ${whose.en} (${sizeOf(part, 'en')}) exceeds that of ${en} (${total} ${unit})`,
      [process.id],
    );
  }
  const weigh = withCalled(
    context,
    ({ limit: own }) => leastOf(own, unit),
    ({ limit: own }) => (numberOf(own) === undefined ? undefined : leastOf(own, unit)),
  );
  const sum = longestPath(context, (node) => (isPart(node) ? weigh(node) : 0));
  if (tooLong || sum <= total) return;
  report.warning(
    process.id,
    `最长路径上各环节承诺时限合计至少 ${sum} ${UNITS[unit]}，超过${zh}的 ${total} ${UNITS[unit]}`,
    `The promises along the longest path add up to at least ${sum}, more than the ${total} ${unit} of ${en}`,
  );
}

function calledInWords(node: ParsedNode, { id, name }: ParsedProcess): { zh: string; en: string } {
  const { zh, en } = named(node);
  return { zh: `${zh}所调用的流程“${short(name || id)}”`, en: `process '${short(id)}', called by ${en}` };
}

/** What a limit comes to at least in another unit; 0 where there is none that can be read. */
export function leastOf(limit: ParsedLimit | undefined, unit: Limit['unit']): number {
  return inUnit({ value: numberOf(limit) ?? 0, unit: unitOf(limit) }, unit);
}

/** The same in weeks of five working days, without holidays: what can usually be kept. */
export function usualOf(limit: ParsedLimit | undefined, unit: Limit['unit']): number {
  return inUsualWeeks({ value: numberOf(limit) ?? 0, unit: unitOf(limit) }, unit);
}

/** Undefined where none is stated, or none that may be: what is wrong with it is a finding of its own. */
export function numberOf(limit: ParsedLimit | undefined): number | undefined {
  if (!Object.hasOwn(UNITS, unitOf(limit)) || !isNumber(limit?.value)) return undefined;
  const value = Number(limit!.value);
  return isAmount(value, unitOf(limit)) ? value : undefined;
}

/** Digits, and at most three after the point: as people write limits. */
export function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,6}(\.\d{1,3})?$/.test(text);
}

/** Which day was assumed, where hours are held against days. */
export function assumption(limits: readonly ParsedLimit[]): { zh: string; en: string } {
  const units = new Set(limits.map(unitOf));
  if (units.size < 2 || !units.has('workingHours')) return { zh: '', en: '' };
  return { zh: `（每天按 ${HOURS_PER_DAY} 小时折算）`, en: ` (a day counted as ${HOURS_PER_DAY} hours)` };
}

export function unitOf(limit: ParsedLimit | undefined): Limit['unit'] {
  return (limit?.unit ?? 'workingDays') as Limit['unit'];
}

export function sizeOf(limit: ParsedLimit, language: 'zh' | 'en'): string {
  return `${limit.value} ${language === 'zh' ? UNITS[unitOf(limit)] : unitOf(limit)}`;
}
