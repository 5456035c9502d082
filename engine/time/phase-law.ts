import type { Limit } from '../model/graph.ts';

/** What the law gives an authority before a case is accepted and after it is decided (行政许可法 arts 32 and 44, read). */

/** Tell everything that is missing, once, within 5 working days; who is silent has accepted from the day of receipt. */
export const ACCEPTANCE_LIMIT: Limit = Object.freeze({
  value: 5,
  unit: 'workingDays',
  basis: '《行政许可法》第三十二条第一款第四项',
});

/** Deliver the certificate within 10 working days of a positive decision. */
export const DELIVERY_LIMIT: Limit = Object.freeze({
  value: 10,
  unit: 'workingDays',
  basis: '《行政许可法》第四十四条',
});

/** Both, by the phase of the case that they limit. */
export const PHASE_LAW = Object.freeze({ acceptance: ACCEPTANCE_LIMIT, delivery: DELIVERY_LIMIT });
