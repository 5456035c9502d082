import { Rejection } from '../kernel/rejection.ts';
import type { Limit, StartRule, Warning } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';

/**
 * Where the count begins. The law on licences does not say; offices differ, so it is stated.
 * - `nextWorkingDay`: the day of the start is not counted.
 * - `sameDay`: the day of the start is the first one, unless the office has closed by then.
 * - `minuteExact`: from the moment of the start; a working day is as much office time as a usual day has, a calendar day is
 *   24 hours.
 *
 * Hours run from the moment of the start, with `nextWorkingDay` stated from the next opening.
 */
export type { StartRule } from '../model/graph.ts';

/** The eight of 行政许可法 art. 45, and `local`, which needs a basis of its own. */
export const HOLD_REASONS = [
  'hearing',
  'tender',
  'auction',
  'inspection',
  'test',
  'quarantine',
  'appraisal',
  'expertReview',
  'local',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
/**
 * What a clock stands still for: a hold while the case is handled, 补正 while its acceptance is reviewed, or, for the clock of
 * one department, that only others have it in hand.
 */
export type StopReason = HoldReason | 'supplement' | 'elsewhere';

/** Time that does not count. Instants in ms; `to` is the first moment that counts again, null: no end known yet. */
export interface Hold {
  readonly reason: StopReason;
  /** What a local reason is called. */
  readonly local?: { readonly zh: string; readonly en: string };
  readonly basis?: string;
  readonly from: number;
  readonly to: number | null;
}

/** Adds to the limit, in its unit. */
export interface Extension {
  readonly value: number;
  readonly basis?: string;
  readonly approvedBy?: string;
}

/** All that a deadline depends on. */
export interface Terms {
  readonly start: number;
  /** Nobody decided in time whether to accept: why the start is the receipt. Changes no date. */
  readonly acceptedBy?: 'silence';
  /** The applicant has supplemented: from when it counted before, and when they were told what was missing. Changes no date. */
  readonly anew?: { readonly since: number; readonly noticedAt: number };
  readonly limit: Limit;
  /** Days: `nextWorkingDay` when absent. Hours: `minuteExact`. */
  readonly startRule?: StartRule;
  /** When 30 % of the amount, at least one unit, is left when absent; same-day work: after two office hours. */
  readonly warning?: Warning;
  readonly holds?: readonly Hold[];
  readonly extensions?: readonly Extension[];
  readonly calendar: WorkCalendar;
}

export const LONGEST_LIMIT = 100_000;
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(3000, 0, 1);

/** Limit and extensions together. */
export function amountOf({ limit, extensions = [] }: Terms): number {
  return extensions.reduce((sum, { value }) => sum + value, limit.value);
}

/**
 * `time.bad_limit` where the value, alone or with the extensions, is negative, not whole for days, or above 100,000;
 * `time.bad_extension` where one adds nothing or a part of a day; `time.bad_hold` where one ends before it begins;
 * `time.hold_without_basis` for a local reason without one; `time.bad_warning` where one is to come with a part of a day left;
 * `time.bad_instant` outside the years 1900 to 2999. Each names its field as a JSON pointer into the terms.
 */
export function refuseBadTerms(terms: Terms): void {
  const { start, limit, holds = [], extensions = [] } = terms;
  refuseBadInstant(start, '/start');
  extensions.forEach(({ value }, index) => {
    if (!isAmount(value, limit.unit) || value === 0)
      throw new Rejection(
        'invalid',
        'time.bad_extension',
        `Expected an extension of more than 0 ${wholeUnits(limit)}, but got ${value}`,
        { field: `/extensions/${index}/value`, value: String(value), unit: limit.unit },
      );
  });
  holds.forEach((hold, index) => refuseBadHold(hold, index));
  refuseBadWarning(terms);
  for (const value of [limit.value, amountOf(terms)])
    if (!isAmount(value, limit.unit))
      throw new Rejection(
        'invalid',
        'time.bad_limit',
        `Expected a limit of 0 to ${LONGEST_LIMIT} ${wholeUnits(limit)}, but got ${value}`,
        { field: '/limit/value', value: String(value), unit: limit.unit },
      );
}

function wholeUnits({ unit }: Limit): string {
  return unit === 'workingHours' ? unit : `whole ${unit}`;
}

/**
 * The statutory limit of the same work: same start, rule, holds and extensions. `time.extension_of_other_unit` where there
 * are extensions and the two limits differ in unit: nobody could say how much they add.
 */
export function statutoryTerms(terms: Terms, limit: Limit): Terms {
  if (limit.unit !== terms.limit.unit && (terms.extensions ?? []).length > 0)
    throw new Rejection(
      'invalid',
      'time.extension_of_other_unit',
      `Expected both limits in one unit because of the extension, but got ${terms.limit.unit} and ${limit.unit}`,
      { field: '/statutory/unit', unit: terms.limit.unit, statutoryUnit: limit.unit },
    );
  return { ...terms, limit };
}

function refuseBadWarning({ limit, warning }: Terms): void {
  if (typeof warning !== 'object' || !('units' in warning) || isAmount(warning.units, limit.unit)) return;
  throw new Rejection(
    'invalid',
    'time.bad_warning',
    `Expected to warn with 0 to ${LONGEST_LIMIT} ${limit.unit} left, but got ${warning.units}`,
    { field: '/warning', value: String(warning.units), unit: limit.unit },
  );
}

function refuseBadHold({ reason, basis, from, to }: Hold, index: number): void {
  refuseBadInstant(from, `/holds/${index}/from`);
  if (to !== null) refuseBadInstant(to, `/holds/${index}/to`);
  if (to !== null && to <= from)
    throw new Rejection('invalid', 'time.bad_hold', 'Expected a hold to end after it begins, but it does not', {
      field: `/holds/${index}/to`,
    });
  if (reason === 'local' && !basis?.trim())
    throw new Rejection(
      'invalid',
      'time.hold_without_basis',
      'Expected a legal basis for a hold of another reason than those of the law, but there is none',
      { field: `/holds/${index}/basis` },
    );
}

/** `time.bad_instant` outside the years 1900 to 2999, and where it is no number. */
export function refuseBadInstant(instant: number, field: string): void {
  if (instant >= EARLIEST && instant < LATEST) return;
  throw new Rejection(
    'invalid',
    'time.bad_instant',
    `Expected a moment of the years 1900 to 2999, but got ${instant}`,
    { field, value: String(instant) },
  );
}

/** A number of whole days, or of hours, that a clock can count. */
export function isAmount(value: number, unit: Limit['unit']): boolean {
  const whole = unit === 'workingHours' || Number.isInteger(value);
  return Number.isFinite(value) && value >= 0 && value <= LONGEST_LIMIT && whole;
}
