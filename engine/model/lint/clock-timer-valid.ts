import { LONGEST_LIMIT } from '../../time/due-date.ts';
import { anchorOf, ENDLESS } from '../compile-clock-timer.ts';
import type { TimerAnchor } from '../graph.ts';
import type { ParsedClockTimer, ParsedEvent, ParsedLimit, ParsedNode } from '../parsed-model.ts';
import { isNumber, numberOf, UNITS } from './promise-parts.ts';
import { defineRule, type LintContext, type Report } from './rule.ts';
import { named, short } from './words.ts';

type Sentence = readonly [zh: string, en: string];

/** Timers in working time: their parts fit together, and there is a due date where they hang on one. */
export const rule = defineRule('clock-timer-valid', (context, report) => {
  for (const node of context.nodes) {
    for (const event of node.events) {
      if (event.type === 'timer' && event.clock) check(context, report, node, event, event.clock);
    }
  }
});

function check(
  context: LintContext,
  report: Report,
  node: ParsedNode,
  { timers }: ParsedEvent & { type: 'timer' },
  clock: ParsedClockTimer,
): void {
  const { zh, en } = named(node);
  const problems = [
    beginsCase(context, node) && BEGINS,
    timers.length > 0 && TWO_FORMS,
    unitProblem(clock),
    valueProblem(clock),
    timesProblem(clock),
    ...anchorProblems(context, node, clock),
  ].filter((problem) => problem !== false && problem !== undefined);
  for (const [problemZh, problemEn] of problems) report.error(node.id, `${zh}${problemZh}`, `${en} ${problemEn}`);
  if (problems.length === 0) warnOfPast(context, report, node, clock);
}

const BEGINS: Sentence = [
  '会启动流程，这时还没有办件的时钟，请改用 ISO 8601 时间',
  'begins a case, which has no clock before that; state an ISO 8601 time',
];
const TWO_FORMS: Sentence = [
  '只能写一种时间：ISO 8601 的时间，或 ov:value 的工作时间',
  'must state one time only: an ISO 8601 one, or one in working time (ov:value)',
];

function unitProblem({ unit = 'workingDays' }: ParsedClockTimer): Sentence | false {
  return (
    !Object.hasOwn(UNITS, unit) && [
      `的时限单位“${short(unit)}”未知，应为 workingDays、calendarDays 或 workingHours`,
      `has the unknown unit '${short(unit)}'; use workingDays, calendarDays or workingHours`,
    ]
  );
}

function valueProblem({ value, unit = 'workingDays', before, after, times }: ParsedClockTimer): Sentence | false {
  if (!value) return ['没有写多少时间（ov:value）', 'does not say how much time (ov:value)'];
  if (!('literal' in value)) return false;
  const { literal } = value;
  const least = before === undefined && (after === undefined || times !== undefined) ? '大于零' : '不小于零';
  const valid = isNumber(literal) && Number(literal) <= LONGEST_LIMIT;
  const whole = unit === 'workingHours' || Number.isInteger(Number(literal));
  if (valid && whole && (least === '不小于零' || Number(literal) > 0)) return false;
  return [
    `的“${short(literal)}”应为${least}的数字，按天计算时应为整数`,
    `has the amount '${short(literal)}', which must be a number ${least === '大于零' ? 'above zero' : 'from zero on'}, whole for days`,
  ];
}

function timesProblem({ times, before }: ParsedClockTimer): Sentence | false {
  if (times === undefined) return false;
  if (before !== undefined)
    return ['在到期之前，不能重复（ov:times）', 'comes before a due date and cannot repeat (ov:times)'];
  if (times === ENDLESS || /^[1-9]\d{0,8}$/.test(times)) return false;
  return [
    `的重复次数“${short(times)}”应为正整数或 ${ENDLESS}`,
    `repeats '${short(times)}' times, which must be a number above zero or ${ENDLESS}`,
  ];
}

function anchorProblems(context: LintContext, node: ParsedNode, clock: ParsedClockTimer): (Sentence | false)[] {
  const { before, after, of } = clock;
  const anchor = anchorOf(clock, node.type === 'boundaryEvent');
  if (!anchor)
    return [
      of !== undefined && [
        '写了 ov:of，但没有 ov:before 或 ov:after',
        'states ov:of, but neither ov:before nor ov:after',
      ],
    ];
  if (before !== undefined && after !== undefined)
    return [['不能同时写 ov:before 和 ov:after', 'cannot state both ov:before and ov:after']];
  if (anchor.limit !== 'promise' && anchor.limit !== 'statutory')
    return [
      [
        `的“${short(anchor.limit)}”未知，应为 promise（承诺时限）或 statutory（法定时限）`,
        `names the unknown limit '${short(anchor.limit)}'; use promise or statutory`,
      ],
    ];
  if (anchor.of !== 'task' && anchor.of !== 'case')
    return [
      [
        `的 ov:of“${short(anchor.of)}”未知，应为 task 或 case`,
        `has the unknown ov:of '${short(anchor.of)}'; use task or case`,
      ],
    ];
  if (anchor.of === 'task' && node.type !== 'boundaryEvent')
    return [
      [
        '不是边界事件，只能依办件的时限（ov:of="case"）',
        'is no boundary event and can only hang on the case (ov:of="case")',
      ],
    ];
  if (anchor.of === 'task' && hasRounds(context.byId.get(node.attachedTo ?? '')))
    return [
      [
        '依据所附活动的时限计时，但该活动依次办理多次，每次另计时限；如指整个办件，请写 ov:of="case"',
        'hangs on the limit of its activity, which is done several times in a row, each time with a limit anew; for that of the case write ov:of="case"',
      ],
    ];
  if (limitOf(context, node, anchor)?.value !== undefined) return [];
  const [limitZh, limitEn] = anchor.limit === 'promise' ? ['承诺时限', 'promise'] : ['法定时限', 'statutory limit'];
  return [
    anchor.of === 'case'
      ? [`依据流程的${limitZh}计时，但流程没有${limitZh}`, `hangs on the ${limitEn} of the process, which has none`]
      : [
          `依据所附活动的${limitZh}计时，但该活动没有${limitZh}；如指整个办件，请写 ov:of="case"`,
          `hangs on the ${limitEn} of its activity, which has none; for that of the case write ov:of="case"`,
        ],
  ];
}

/** The event is armed once, when the first round begins. */
function hasRounds(activity: ParsedNode | undefined): boolean {
  const loop = activity?.loop;
  return loop?.type === 'standard' || loop?.sequential === true;
}

function limitOf({ process, byId }: LintContext, node: ParsedNode, anchor: TimerAnchor): ParsedLimit | undefined {
  const whose = anchor.of === 'case' ? process : byId.get(node.attachedTo ?? '');
  return anchor.limit === 'promise' ? whose?.limit : whose?.statutory;
}

/** Further before the due date than the limit is long: it happens as soon as it is armed. */
function warnOfPast(context: LintContext, report: Report, node: ParsedNode, clock: ParsedClockTimer): void {
  const anchor = anchorOf(clock, node.type === 'boundaryEvent');
  if (anchor?.side !== 'before' || !clock.value || !('literal' in clock.value)) return;
  const limit = limitOf(context, node, anchor);
  const [value, unit] = [numberOf(limit), limit?.unit ?? 'workingDays'];
  if (value === undefined || unit !== (clock.unit ?? 'workingDays') || Number(clock.value.literal) <= value) return;
  const { zh, en } = named(node);
  report.warning(
    node.id,
    `${zh}比时限本身（${value} ${UNITS[unit]}）还早，会立即发生`,
    `${en} lies further before the due date than the limit is long (${value} ${unit}) and happens at once`,
  );
}

function beginsCase({ byId }: LintContext, { type, scope }: ParsedNode): boolean {
  return type === 'startEvent' && !byId.get(scope)?.triggeredByEvent;
}
