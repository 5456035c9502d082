import { z } from 'zod';
import { parseWarning } from '../../engine/model/limits.ts';
import { LONGEST_LIMIT } from '../../engine/time/index.ts';
import { ESCALATION_STEPS } from '../supervision/rules.ts';

/** Where a number comes from: a law, a local guide, the city's published figure, or made up for the demo. */
const Provenance = z.enum(['LAW', 'LOC', 'S', 'DEMO']);

const StatedLimit = z
  .strictObject({
    value: z.number().min(0).max(LONGEST_LIMIT),
    unit: z.enum(['workingDays', 'calendarDays', 'workingHours']),
    basis: z.string().optional(),
    provenance: Provenance,
  })
  .refine(({ value, unit }) => unit === 'workingHours' || Number.isInteger(value), 'days are whole');

/** How limits are counted; as by default where left out (docs/model-extensions.md). */
const counting = {
  startRule: z.enum(['nextWorkingDay', 'sameDay', 'minuteExact']).optional(),
  yellow: z
    .string()
    .refine((text) => parseWarning(text) !== undefined, 'a share (30%), a number of units (2) or none')
    .optional(),
};

const PhaseTime = z
  .strictObject({
    promise: StatedLimit.refine(
      ({ value, unit }) => unit === 'workingDays' && value >= 1,
      'one working day at least',
    ).optional(),
    ...counting,
  })
  .optional();

const Steps = z
  .array(z.enum(ESCALATION_STEPS))
  .refine((steps) => new Set(steps).size === steps.length, 'a step is named twice')
  .optional();
const OfLight = z.strictObject({ yellow: Steps, red: Steps, deepRed: Steps }).optional();

/** What each light does to a case and to its tasks; what is left out is as by default (docs/supervision.md). */
const Escalation = z.strictObject({
  case: OfLight,
  task: OfLight,
  replyDays: z.number().int().min(1).max(60).optional(),
});

/** 事项: what the guide says about a process package. Travels with each published version. */
export const Item = z.strictObject({
  /** The process id. */
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  summary: z.string().min(1),
  /** Id of the lead department. */
  department: z.string().min(1),
  /** Who may apply. */
  audience: z.string().min(1),
  promise: StatedLimit,
  statutory: StatedLimit.nullable(),
  ...counting,
  /** Where the law's 5 working days to review, and 10 to deliver, are not what is promised. */
  acceptance: PhaseTime,
  delivery: PhaseTime,
  /** Of steps, by the id of their element. What the process itself states comes before all of these. */
  limits: z
    .record(
      z.string(),
      z.strictObject({ promise: StatedLimit.optional(), statutory: StatedLimit.optional(), ...counting }),
    )
    .optional(),
  legalBasis: z.array(z.string().min(1)),
  materials: z.array(z.strictObject({ name: z.string().min(1), required: z.boolean(), note: z.string() })),
  steps: z.array(z.string().min(1)).min(1),
  escalation: Escalation.optional(),
});

export type Item = z.infer<typeof Item>;
