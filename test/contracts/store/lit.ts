import type { DatedRow, LightCounts } from '../../../engine/store/ports.ts';
import type { Light } from '../../../engine/time/index.ts';
import { NINE } from '../../support/stores.ts';

const HOUR = 3_600_000;

/** Clocks and the light each has at nine. */
export const LIT: readonly [Light, Partial<Omit<DatedRow, 'provisional'>>][] = [
  ['deepRed', { yellowAt: NINE - 3, dueAt: NINE - 2, statutoryAt: NINE - 1 }],
  ['deepRed', { statutoryAt: NINE - 1 }],
  ['deepRed', { dueAt: NINE + HOUR, statutoryAt: NINE - 1 }],
  ['red', { dueAt: NINE - 1, yellowAt: NINE - HOUR }],
  ['red', { dueAt: NINE - 1, statutoryAt: NINE }],
  ['red', { dueAt: NINE - 1, held: true }],
  ['yellow', { dueAt: NINE, yellowAt: NINE }],
  ['yellow', { dueAt: NINE + HOUR, yellowAt: NINE - 1, statutoryAt: NINE + HOUR }],
  ['yellow', { statutoryAt: NINE + HOUR, yellowAt: NINE }],
  ['green', { dueAt: NINE + HOUR, yellowAt: NINE + 1 }],
  ['green', { dueAt: NINE + HOUR, yellowAt: null }],
  ['green', { statutoryAt: NINE + HOUR }],
  ['grey', { held: true }],
  ['grey', { held: true, yellowAt: NINE - 1 }],
  ['none', {}],
];

/** The dates of a case as its tasks without a limit keep them. */
export const ofCase = (dates: Partial<DatedRow>): { ofCase: DatedRow } => ({
  ofCase: { dueAt: null, yellowAt: null, statutoryAt: null, provisional: false, ...dates },
});

/** Whose limit a task goes by. */
export const WHOSE = [
  ['its own limit', (dates: Partial<DatedRow>) => dates],
  ['that of its case', ofCase],
] as const;

export const lights = (some: Partial<LightCounts> = {}): LightCounts => ({
  deepRed: 0,
  red: 0,
  yellow: 0,
  green: 0,
  grey: 0,
  none: 0,
  ...some,
});
