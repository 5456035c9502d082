import type { EscalationLight } from './annex.ts';

/** What a light does: tell handler and head, urge them, ask the department for the public reason, order it to act. */
export const ESCALATION_STEPS = ['notify', 'urge', 'askReason', 'order'] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

type OfLight = Readonly<Record<EscalationLight, readonly EscalationStep[]>>;

/** What a missed deadline does, for the whole case and for one task of it. */
export interface EscalationRules {
  readonly case: OfLight;
  readonly task: OfLight;
  /** Working days in which a department replies to an order that escalation issued. */
  readonly replyDays: number;
}

/** As an item states them (`escalation` in item.json): what it leaves out is as by default. */
export interface StatedRules {
  readonly case?: Partial<OfLight>;
  readonly task?: Partial<OfLight>;
  readonly replyDays?: number;
}

/** The public is promised the whole case, so the reason is asked for there; a task that is late is urged. */
export const DEFAULT_RULES: EscalationRules = {
  case: { yellow: ['notify'], red: ['urge', 'askReason'], deepRed: ['order'] },
  task: { yellow: ['notify'], red: ['urge'], deepRed: ['order'] },
  replyDays: 3,
};

export function rulesOf(item: { readonly escalation?: StatedRules }): EscalationRules {
  const { case: ofCase, task, replyDays } = item.escalation ?? {};
  return {
    case: { ...DEFAULT_RULES.case, ...ofCase },
    task: { ...DEFAULT_RULES.task, ...task },
    replyDays: replyDays ?? DEFAULT_RULES.replyDays,
  };
}
