/** The inputs of the calculator in its address, so that a result can be shared. */
import type { LocationQuery, LocationQueryRaw, LocationQueryValue } from 'vue-router';
import type { DueDateReason } from '../../shared/contract.ts';
import {
  emptyQuestion,
  REASONS,
  RULES,
  UNITS,
  USUAL_WARNING,
  warningOf,
  yellowOf,
  type Question,
  type Unit,
} from './question.ts';

/** `hold=local~2026-03-05T09:00~2026-03-10T09:00~basis~name in Chinese~name in English`, `extend=10~basis~approved by`. */
export function queryOf(question: Question): LocationQueryRaw {
  const { start, bySilence, limit, unit, basis, rule, statutory, statutoryUnit, holds, extensions, at } = question;
  return {
    start: compact(start) || undefined,
    accepted: bySilence ? 'silence' : undefined,
    limit: limit === undefined ? undefined : String(limit),
    unit: unit === 'workingDays' ? undefined : unit,
    basis: basis || undefined,
    rule: rule || undefined,
    yellow: yellowOf(question) || undefined,
    statutory: statutory == null ? undefined : String(statutory),
    statutoryUnit: statutory == null || statutoryUnit === unit ? undefined : statutoryUnit,
    hold: holds.map(({ reason, from, to, basis, zh, en }) =>
      joined(reason, compact(from), compact(to), basis, ...(reason === 'local' ? [zh, en] : [])),
    ),
    extend: extensions.map(({ value, basis, approvedBy }) => joined(String(value ?? ''), basis, approvedBy)),
    region: question.region || undefined,
    version: question.version || undefined,
    at: compact(at) || undefined,
  };
}

/** What an address says. `misread`: some of it no field can take; that is left out, and its field is empty or the usual. */
export function questionOf(query: LocationQuery): { question: Question; misread: boolean } {
  let misread = false;
  /** Nothing where nothing is said. */
  const read = <T>(text: string, parse: (text: string) => T | undefined): T | undefined => {
    if (text === '') return undefined;
    const value = parse(text);
    misread ||= value === undefined;
    return value;
  };
  const text = (name: string): string => first(query[name]) ?? '';
  const moment = (text: string): string => read(text, momentOf) ?? '';
  const amount = (text: string): number | undefined => read(text, numberOf);
  /** A limit in no unit that there is says nothing. */
  const limitIn = (value: string, unit: string, usual: Unit) => {
    const known = read(unit, oneOf(UNITS));
    return { value: unit && !known ? undefined : amount(value), unit: known ?? usual };
  };
  const limit = limitIn(text('limit'), text('unit'), 'workingDays');
  const statutory = limitIn(text('statutory'), text('statutoryUnit'), limit.unit);
  const question: Question = {
    start: moment(text('start')),
    bySilence: read(text('accepted'), oneOf(['silence'])) !== undefined,
    limit: limit.value,
    unit: limit.unit,
    basis: text('basis'),
    rule: read(text('rule'), oneOf(RULES)) ?? '',
    ...(read(text('yellow'), warningOf) ?? USUAL_WARNING),
    statutory: statutory.value,
    statutoryUnit: statutory.unit,
    holds: all(query.hold).map((value) => {
      const [reason = '', from = '', to = '', basis = '', zh = '', en = ''] = parted(value);
      return {
        reason: read(reason, oneOf(REASONS)) ?? '',
        zh,
        en,
        from: moment(from),
        to: moment(to),
        basis,
      };
    }),
    extensions: all(query.extend).map((value) => {
      const [days = '', basis = '', approvedBy = ''] = parted(value);
      return { value: amount(days), basis, approvedBy };
    }),
    region: text('region'),
    version: text('version'),
    at: moment(text('at')),
  };
  return { question, misread };
}

/** The address of the page with what a case, task or order was counted from, looked at when that was. */
export function queryOfReason({ countedFrom, calendar, standing }: DueDateReason): LocationQueryRaw {
  if (!countedFrom) return {};
  const { start, acceptedBy, limit, startRule, yellow = '', statutory, holds, extensions } = countedFrom;
  // the server writes them at +08:00
  const local = (instant: string): string => momentOf(instant.replace('+08:00', '')) ?? '';
  return queryOf({
    ...emptyQuestion(local(start)),
    bySilence: acceptedBy === 'silence',
    limit: limit.value,
    unit: limit.unit,
    basis: limit.basis ?? '',
    rule: startRule ?? '',
    ...(warningOf(yellow) ?? USUAL_WARNING),
    statutory: statutory?.value,
    statutoryUnit: statutory?.unit ?? limit.unit,
    holds: holds.map(({ reason, local: name, basis = '', from, to }) => ({
      reason,
      zh: name?.zh ?? '',
      en: name?.en ?? '',
      basis,
      from: local(from),
      to: to ? local(to) : '',
    })),
    extensions: extensions.map(({ value, basis = '', approvedBy = '' }) => ({ value, basis, approvedBy })),
    region: calendar.region,
    version: calendar.version,
    at: local(standing.at),
  });
}

const SIGNS: Record<string, string> = { '%': '%25', '~': '%7E' };

/** Parts with `~` in between, which a part may have, too; empty ones at the end are left out. */
function joined(...parts: string[]): string {
  const safe = parts.map((part) => part.replace(/[%~]/g, (sign) => SIGNS[sign]!));
  return safe.join('~').replace(/~+$/, '');
}

function parted(value: string): string[] {
  return value.split('~').map((part) => part.replace(/%(25|7E)/g, (code) => (code === '%25' ? '%' : '~')));
}

const compact = (local: string): string => local.replace(' ', 'T');

/** With its seconds where it has any, to the ms: a hold that ends within the minute of the opening touches the day. */
function momentOf(text: string): string | undefined {
  const [, day, minute, seconds = ''] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{3})?)?$/.exec(text) ?? [];
  if (!day) return undefined;
  return `${day} ${minute}${/[1-9]/.test(seconds) ? seconds : ''}`;
}

function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

function oneOf<T extends string>(names: readonly T[]): (text: string) => T | undefined {
  return (text) => names.find((name) => name === text);
}

type Values = LocationQueryValue | LocationQueryValue[] | undefined;

function all(values: Values): string[] {
  return [values].flat().filter((value): value is string => typeof value === 'string' && value !== '');
}

function first(values: Values): string | undefined {
  return all(values)[0];
}
