import type { LocationQuery, LocationQueryRaw, LocationQueryValue } from 'vue-router';
import type { DueDateQuestion, DueDateReason } from '../../shared/contract.ts';

export const UNITS = ['workingDays', 'calendarDays', 'workingHours'] as const;
export const RULES = ['nextWorkingDay', 'sameDay', 'minuteExact'] as const;
/** The eight of the law (行政许可法 art. 45). */
export const LAWFUL_REASONS = [
  'hearing',
  'tender',
  'auction',
  'inspection',
  'test',
  'quarantine',
  'appraisal',
  'expertReview',
] as const;
export const REASONS = [...LAWFUL_REASONS, 'local'] as const;

/** usual: 30 % left, one unit at least. */
export const WARNINGS = ['usual', 'share', 'units', 'none'] as const;
export type WarningBy = (typeof WARNINGS)[number];

export type Unit = (typeof UNITS)[number];
export type Rule = (typeof RULES)[number];
export type Reason = (typeof REASONS)[number];

export interface HoldRow {
  reason: Reason;
  /** Beijing time, `2026-03-05 09:00`; '' where nothing is chosen. */
  from: string;
  to: string;
  basis: string;
}

export interface ExtensionRow {
  value: number | undefined;
  basis: string;
}

/** What the form holds. */
export interface Question {
  start: string;
  limit: number | undefined;
  unit: Unit;
  /** '': the usual one of the unit. */
  rule: Rule | '';
  /** `30%`, `2`, `none`; '': the usual one. */
  yellow: string;
  statutory: number | undefined;
  holds: HoldRow[];
  extensions: ExtensionRow[];
  /** '': of this house. */
  region: string;
  version: string;
  /** '': now. */
  at: string;
}

export function emptyQuestion(start = ''): Question {
  return {
    start,
    limit: undefined,
    unit: 'workingDays',
    rule: '',
    yellow: '',
    statutory: undefined,
    holds: [],
    extensions: [],
    region: '',
    version: '',
    at: '',
  };
}

export function warningOf(yellow: string): WarningBy {
  if (yellow === '') return 'usual';
  return yellow === 'none' ? 'none' : yellow.endsWith('%') ? 'share' : 'units';
}

export const emptyHold = (): HoldRow => ({ reason: 'expertReview', from: '', to: '', basis: '' });
export const emptyExtension = (): ExtensionRow => ({ value: undefined, basis: '' });

/** As the server asks for it. */
export function bodyOf(question: Question): DueDateQuestion {
  const { start, limit, unit, rule, yellow, statutory, holds, extensions, region, version, at } = question;
  return {
    start: instantOf(start),
    limit: { value: limit ?? 0, unit },
    ...(rule && { startRule: rule }),
    ...(yellow && { yellow }),
    ...(statutory !== undefined && { statutory: { value: statutory, unit } }),
    holds: holds.map(({ reason, from, to, basis }) => ({
      reason,
      from: instantOf(from),
      to: to ? instantOf(to) : null,
      ...(basis.trim() && { basis: basis.trim() }),
    })),
    extensions: extensions.map(({ value, basis }) => ({
      value: value ?? 0,
      ...(basis.trim() && { basis: basis.trim() }),
    })),
    calendar: { ...(region && { region }), ...(version && { version }) },
    ...(at && { at: instantOf(at) }),
  };
}

/** The inputs in an address, so that a result can be shared: `hold=test~from~to~basis`, `extend=10~basis`. */
export function queryOf(question: Question): LocationQueryRaw {
  const { start, limit, unit, rule, yellow, statutory, holds, extensions, region, version, at } = question;
  return {
    start: start.replace(' ', 'T') || undefined,
    limit: limit === undefined ? undefined : String(limit),
    unit: unit === 'workingDays' ? undefined : unit,
    rule: rule || undefined,
    yellow: yellow || undefined,
    statutory: statutory === undefined ? undefined : String(statutory),
    hold: holds.map((hold) => [hold.reason, ...[hold.from, hold.to].map(compact), hold.basis].join('~')),
    extend: extensions.map(({ value, basis }) => `${value ?? ''}~${basis}`),
    region: region || undefined,
    version: version || undefined,
    at: compact(at) || undefined,
  };
}

/** What an address says; what it says wrongly is left out and shows as an empty field. */
export function questionOf(query: LocationQuery): Question {
  const text = (name: string): string => first(query[name]) ?? '';
  return {
    start: momentOf(text('start')),
    limit: numberOf(text('limit')),
    unit: oneOf(UNITS, text('unit')) ?? 'workingDays',
    rule: oneOf(RULES, text('rule')) ?? '',
    yellow: /^(none|\d{1,6}(\.\d{1,3})?%?)$/.exec(text('yellow'))?.[0] ?? '',
    statutory: numberOf(text('statutory')),
    holds: all(query.hold).map((value) => {
      const [reason = '', from = '', to = '', ...basis] = value.split('~');
      return {
        reason: oneOf(REASONS, reason) ?? 'expertReview',
        from: momentOf(from),
        to: momentOf(to),
        basis: basis.join('~'),
      };
    }),
    extensions: all(query.extend).map((value) => {
      const [amount = '', ...basis] = value.split('~');
      return { value: numberOf(amount), basis: basis.join('~') };
    }),
    region: text('region'),
    version: text('version'),
    at: momentOf(text('at')),
  };
}

/** The address of the page with what a case or task was counted from. */
export function queryOfReason({ countedFrom, calendar }: DueDateReason): LocationQueryRaw {
  if (!countedFrom) return {};
  const { start, limit, startRule, yellow = '', statutory, holds, extensions } = countedFrom;
  const local = (instant: string): string => momentOf(instant.slice(0, 16));
  return queryOf({
    ...emptyQuestion(local(start)),
    limit: limit.value,
    unit: limit.unit,
    rule: startRule ?? '',
    yellow,
    // the page counts both in one unit
    statutory: statutory?.unit === limit.unit ? statutory.value : undefined,
    holds: holds.map(({ reason, basis = '', from, to }) => ({
      reason,
      basis,
      from: local(from),
      to: to ? local(to) : '',
    })),
    extensions: extensions.map(({ value, basis = '' }) => ({ value, basis })),
    region: calendar.region,
    version: calendar.version,
  });
}

function instantOf(local: string): string {
  return `${local.replace(' ', 'T')}:00+08:00`;
}

const compact = (local: string): string => local.replace(' ', 'T');

function momentOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/.test(text) ? text.replace('T', ' ') : '';
}

function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

function oneOf<T extends string>(names: readonly T[], text: string): T | undefined {
  return names.find((name) => name === text);
}

type Values = LocationQueryValue | LocationQueryValue[] | undefined;

function all(values: Values): string[] {
  return [values].flat().filter((value): value is string => typeof value === 'string' && value !== '');
}

function first(values: Values): string | undefined {
  return all(values)[0];
}
