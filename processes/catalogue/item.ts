import { z } from 'zod';

/** Where a number comes from: a law, a local guide, the city's published figure, or made up for the demo. */
const Provenance = z.enum(['LAW', 'LOC', 'S', 'DEMO']);

const StatedLimit = z.strictObject({
  value: z.number().int().min(0),
  unit: z.enum(['workingDays', 'calendarDays', 'workingHours']),
  basis: z.string().optional(),
  provenance: Provenance,
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
  legalBasis: z.array(z.string().min(1)),
  materials: z.array(z.strictObject({ name: z.string().min(1), required: z.boolean(), note: z.string() })),
  steps: z.array(z.string().min(1)).min(1),
});

export type Item = z.infer<typeof Item>;
