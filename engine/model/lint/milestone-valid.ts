import { ACCEPTANCE_LIMIT, DELIVERY_LIMIT } from '../../time/phase-law.ts';
import { MILESTONES, type Limit } from '../graph.ts';
import type { ParsedFlow, ParsedLimit, ParsedNode } from '../parsed-model.ts';
import { PHASE_WORDS } from './phases.ts';
import { defineRule, type Report } from './rule.ts';
import { named, short } from './words.ts';

type Milestone = (typeof MILESTONES)[number];

/** What a milestone needs before it, in words. */
const NEEDS: readonly (readonly [Milestone, Milestone])[] = [
  ['notAccepted', 'accepted'],
  ['delivered', 'decided'],
];

/** Milestones are those we know and come in pairs that make sense; the clocks they start are no longer than the law's. */
export const rule = defineRule('milestone-valid', (context, report) => {
  const { process, nodes, flows } = context;
  if (!process) return;
  const marked = new Map<string, ParsedNode | ParsedFlow>();
  for (const element of [...nodes, ...flows]) {
    const { milestone } = element;
    if (milestone === undefined) continue;
    if (isKnown(milestone)) marked.set(milestone, element);
    else
      report.error(
        element.id,
        `${named(element).zh}的 ov:milestone“${short(milestone)}”未知，应为 ${MILESTONES.join('、')}`,
        `The milestone '${short(milestone)}' of ${named(element).en} is unknown; use ${MILESTONES.join(', ')}`,
      );
  }
  for (const [milestone, needed] of NEEDS) {
    const element = marked.get(milestone);
    if (!element || marked.has(needed)) continue;
    report.error(
      element.id,
      `${named(element).zh}标为 ${milestone}，但流程中没有标为 ${needed} 的环节`,
      `${capital(named(element).en)} is marked ${milestone}, but nothing in the process is marked ${needed}`,
    );
  }
  for (const node of nodes) checkSupplement(node, marked.has('accepted'), report);
  const clocks = [
    ['acceptance', 'accepted', process.acceptance, ACCEPTANCE_LIMIT],
    ['delivery', 'decided', process.delivery, DELIVERY_LIMIT],
  ] as const;
  for (const [name, begins, stated, law] of clocks) {
    if (!stated) continue;
    if (!marked.has(begins))
      report.warning(
        process.id,
        `流程或事项写了${PHASE_WORDS[name].zh}的时限（ov:${name}），但没有标为 ${begins} 的环节，不会生效`,
        `The process or its item limits ${PHASE_WORDS[name].en} (ov:${name}), but nothing is marked ${begins}: it has no effect`,
      );
    if (stated.limit) checkLimit(process.id, name, stated.limit, law, report);
  }
});

function checkSupplement({ id, supplement, ...node }: ParsedNode, accepts: boolean, report: Report): void {
  if (supplement === undefined || supplement === 'false') return;
  const { zh, en } = named({ id, ...node });
  if (supplement !== 'true')
    report.error(
      id,
      `${zh}的 ov:supplement“${short(supplement)}”应为 true 或 false`,
      `ov:supplement of ${en} must be true or false, not '${short(supplement)}'`,
    );
  else if (!accepts)
    report.warning(
      id,
      `${zh}标为补正环节，但流程中没有标为 accepted 的环节，受理审查不计时`,
      `${capital(en)} is marked as a supplement, but nothing is marked accepted: no acceptance review runs`,
    );
  // 行政许可法 art. 32.1(4)
  else
    report.warning(
      id,
      `${zh}标为补正环节：由环节告知补正，不逐项列明问题，也不要求再次告知的理由；法律要求一次告知全部内容，请改用办件页面的“告知补正”`,
      `${capital(en)} asks the applicant to supplement by a task: it names no defects and asks for no reason the second time; the law wants everything told at once, so use the notice on the page of the case instead`,
    );
}

function checkLimit(process: string, name: string, limit: ParsedLimit, law: Limit, report: Report): void {
  const { value, basis } = limit;
  if (value === undefined)
    return report.warning(
      process,
      `流程写了 ov:${name}Basis，但没有 ov:${name}，按法定的 ${law.value} 个工作日计算`,
      `The process states ov:${name}Basis without ov:${name}: the ${law.value} working days of the law count`,
    );
  if (!/^[1-9]\d{0,2}$/.test(value))
    return report.error(
      process,
      `ov:${name}“${short(value)}”应为正整数（工作日）`,
      `ov:${name} '${short(value)}' must be a whole number of working days from 1`,
    );
  if (Number(value) <= law.value) return;
  if (basis === undefined)
    return report.error(
      process,
      `ov:${name} 为 ${value} 个工作日，超过法定的 ${law.value} 个工作日（${law.basis}），又没有写明依据（ov:${name}Basis）`,
      `ov:${name} is ${value} working days, longer than the ${law.value} of the law, and states no basis (ov:${name}Basis)`,
    );
  report.warning(
    process,
    `ov:${name} 为 ${value} 个工作日，超过法定的 ${law.value} 个工作日（${law.basis}），请核对依据“${short(basis)}”`,
    `ov:${name} is ${value} working days, longer than the ${law.value} of the law: check its basis '${short(basis)}'`,
  );
}

function isKnown(text: string): text is Milestone {
  return (MILESTONES as readonly string[]).includes(text);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
