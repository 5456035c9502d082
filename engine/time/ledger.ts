import type { Limit, Warning } from '../model/graph.ts';
import * as law from './articles.ts';
import type { Article } from './articles.ts';
import type { WorkCalendar } from './calendar.ts';
import type { Count, Ending } from './count.ts';
import { startOfDay } from './day.ts';
import { heldLines } from './held-lines.ts';
import type { Hold, StartRule, StopReason, Terms } from './terms.ts';

export type LedgerKind =
  | 'start'
  | 'anew'
  | 'accepted'
  | 'limit'
  | 'extension'
  | 'counted'
  | 'held'
  | 'moved'
  | 'due'
  | 'noDate'
  | 'warning'
  | 'provisional';

/** Why a hold took nothing from the count. */
export type HoldNote = 'beforeStart' | 'afterEnd' | 'overlapping' | 'noTime';

/** Why a hold took less from the count than lies in its span. */
export type HoldPart = 'beforeStart' | 'overlapping';

/** One step from the start to the due date, in plain data. Instants in ms. */
export interface LedgerLine {
  readonly kind: LedgerKind;
  /** start, accepted, due, warning: the moment. anew: when the applicant was told what was missing. counted in days: 00:00 of the day on which it began. moved: 00:00 of the day of rest. */
  readonly at: number | null;
  /** held: the end, null where none is known. counted in days: 00:00 of the last day counted. moved: 00:00 of the new day. */
  readonly until?: number | null;
  /** anew: from when it counted before. */
  readonly since?: number;
  /** limit, extension: what is given. counted: what was counted. held: what was not. In `unit`; null: no end known. */
  readonly amount?: number | null;
  readonly unit?: Limit['unit'];
  /** counted in working days: days of rest from `at` to `until`, which with those counted are all that lie there. */
  readonly restDays?: number;
  readonly rule?: StartRule;
  /** warning: where it was stated when to warn. */
  readonly warning?: Warning;
  readonly reason?: StopReason;
  /** held for a local reason: what it is called. */
  readonly local?: Hold['local'];
  readonly note?: HoldNote;
  /** held: what of its span is not in the amount. */
  readonly without?: readonly HoldPart[];
  /** What the caller gave as the legal basis. */
  readonly basis?: string;
  /** extension: who allowed it. */
  readonly approvedBy?: string;
  readonly article?: Article;
  /** provisional: first and last day that the notices speak about, YYYY-MM-DD. */
  readonly coverage?: WorkCalendar['coverage'];
  readonly calendarVersion: string;
}

/** 行政许可法 art. 42 prolongs once, by 15 at most (one department: by 10). What goes beyond it does not rest on it. */
const LONGEST_LAWFUL = 15;

/** Every step, in the order of time; what was given comes first. */
export function ledgerOf(terms: Terms, count: Count, ending: Ending, provisional: boolean): LedgerLine[] {
  const { start, anew, limit, calendar, extensions = [] } = terms;
  const { unit } = limit;
  const calendarVersion = calendar.version;
  const { dueAt, yellowAt } = ending;
  const midnight = (day: number): number => startOfDay(day, calendar.utcOffsetMs);
  const byDay = count.inDays || ending.movedTo !== null;
  const lines: (Omit<LedgerLine, 'calendarVersion'> | false)[] = [
    { kind: 'start', at: start, rule: count.rule, ...(!count.immediate && articleOfStart(unit, count.rule)) },
    anew !== undefined && { kind: 'anew', at: anew.noticedAt, since: anew.since, article: law.SUPPLEMENT },
    terms.acceptedBy === 'silence' && { kind: 'accepted', at: start, article: law.SILENCE },
    {
      kind: 'limit',
      at: null,
      amount: limit.value,
      unit,
      ...(limit.basis !== undefined && { basis: limit.basis }),
      ...(unit === 'workingDays' && { article: law.WORKING_DAYS }),
    },
    ...extensions.map(({ value, basis, approvedBy }, index) => ({
      kind: 'extension' as const,
      at: null,
      amount: value,
      unit,
      ...(basis === undefined ? index === 0 && value <= LONGEST_LAWFUL && { article: law.EXTENSION } : { basis }),
      ...(approvedBy !== undefined && { approvedBy }),
    })),
    ...[...countedLines(terms, count, ending), ...heldLines(terms, count, ending)].sort((a, b) => a.at! - b.at!),
    ending.movedTo !== null && {
      kind: 'moved',
      at: count.inDays ? midnight(ending.last!) : ending.last,
      until: midnight(ending.movedTo),
      article: law.LAST_DAY,
    },
    dueAt === null
      ? { kind: 'noDate', at: null }
      : { kind: 'due', at: dueAt, ...(byDay && { article: law.LAST_HOUR }) },
    yellowAt !== null && { kind: 'warning', at: yellowAt, ...(terms.warning && { warning: terms.warning }) },
    provisional && { kind: 'provisional', at: null, coverage: calendar.coverage },
  ];
  return lines.filter((line) => line !== false).map((line) => ({ ...line, calendarVersion }));
}

function articleOfStart(unit: Limit['unit'], rule: StartRule): { article?: Article } {
  if (unit === 'workingHours') return rule === 'nextWorkingDay' ? {} : { article: law.FROM_THE_HOUR };
  return rule === 'nextWorkingDay' ? { article: law.FIRST_DAY } : {};
}

function countedLines(
  { limit, calendar }: Terms,
  count: Count,
  { runs }: Ending,
): Omit<LedgerLine, 'calendarVersion'>[] {
  const { inDays, counter, perUnit } = count;
  return runs.map(({ from, to, counted }) => {
    const line = { kind: 'counted' as const, amount: counted / perUnit, unit: limit.unit };
    if (!inDays) return { ...line, at: from, until: to };
    const last = counter.after(from, counted);
    return {
      ...line,
      // not the first day that counts: the days of rest before it are among those told as not counted
      at: startOfDay(from + 1, calendar.utcOffsetMs),
      until: startOfDay(last, calendar.utcOffsetMs),
      ...(limit.unit === 'workingDays' && { restDays: last - from - counted }),
    };
  });
}
