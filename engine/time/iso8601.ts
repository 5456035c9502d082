import { CHINA_OFFSET_MS, DAY_MS, dayFromParts, dayOf, daysInMonth, HOUR_MS, partsOf, startOfDay } from './day.ts';

/** A duration that knows its text, so that it can be stored and read again. */
export interface Duration {
  readonly text: string;
  /**
   * The instant one duration later. Years and months are calendar months in local time, cut to the last day of a shorter
   * month (31 January + P1M = 28 February); days are 24 hours, there being no summer time.
   */
  addTo(instant: number): number;
}

export interface Cycle {
  /** null: without end. */
  readonly times: number | null;
  /** The first occurrence; absent: one interval after the cycle is armed. */
  readonly start?: number;
  readonly every: Duration;
}

const LAST_INSTANT = Date.UTC(9999, 11, 31);

/** `2026-01-01`, `2026-01-01T09:30`, with seconds, fraction, `Z` or offset; without an offset it is local time. Else undefined. */
export function parseTimerDate(text: string, utcOffsetMs: number = CHINA_OFFSET_MS): number | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, year, month, dayOfMonth, hour = '0', minute = '0', second = '0', fraction = '0', zone] = match;
  const day = dayFromParts(Number(year), Number(month), Number(dayOfMonth));
  const offset = zone === undefined ? utcOffsetMs : parseOffset(zone);
  if (day === undefined || offset === undefined) return undefined;
  const midnight = hour === '24' && Number(minute) === 0 && Number(second) === 0 && Number(fraction) === 0;
  if ((Number(hour) > 23 && !midnight) || Number(minute) > 59 || Number(second) > 59) return undefined;
  const clock =
    Number(hour) * HOUR_MS +
    Number(minute) * 60_000 +
    Number(second) * 1000 +
    Math.floor(Number(`0.${fraction}`) * 1000);
  return startOfDay(day, offset) + clock;
}

/**
 * `P30D`, `P1Y2M`, `P2W`, `PT1H30M`, `PT0.5S`. A decimal fraction may stand in the last part, unless it is years or months.
 * Undefined for anything else: negative, empty (`P`, `PT`), or longer than 8,000 years.
 */
export function parseDuration(text: string, utcOffsetMs: number = CHINA_OFFSET_MS): Duration | undefined {
  const source = text.trim();
  const N = String.raw`(\d{1,12}(?:[.,]\d{1,9})?)`;
  const pattern = new RegExp(
    String.raw`^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,6})M)?(?:${N}W)?(?:${N}D)?(?:T(?=\d)(?:${N}H)?(?:${N}M)?(?:${N}S)?)?$`,
  );
  const match = pattern.exec(source);
  if (!match) return undefined;
  const parts = match.slice(1);
  const lastPart = parts.findLastIndex((part) => part !== undefined);
  if (parts.some((part, index) => part !== undefined && /[.,]/.test(part) && index !== lastPart)) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = parts.map((part) =>
    Number((part ?? '0').replace(',', '.')),
  );
  const wholeMonths = years! * 12 + months!;
  const ms = Math.round(weeks! * 7 * DAY_MS + days! * DAY_MS + hours! * HOUR_MS + minutes! * 60_000 + seconds! * 1000);
  if (wholeMonths * 31 * DAY_MS + ms > 8000 * 366 * DAY_MS) return undefined;
  return { text: source, addTo: (instant) => addMonths(instant, wholeMonths, utcOffsetMs) + ms };
}

/**
 * `R3/PT1H`, `R/P1D`, `R3/2026-01-01T00:00:00+08:00/PT1H`. Undefined for anything else, for zero repetitions, and for an
 * interval under one second, which would be a busy loop.
 */
export function parseCycle(text: string, utcOffsetMs: number = CHINA_OFFSET_MS): Cycle | undefined {
  const match = /^R(\d{0,9})\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text.trim());
  if (!match) return undefined;
  const [, count, startText, everyText] = match;
  const times = count === '' ? null : Number(count);
  const every = parseDuration(everyText!, utcOffsetMs);
  const start = startText === undefined ? undefined : parseTimerDate(startText, utcOffsetMs);
  if (times === 0 || every === undefined || every.addTo(0) < 1000) return undefined;
  if (startText === undefined) return { times, every };
  return start === undefined ? undefined : { times, start, every };
}

function addMonths(instant: number, months: number, utcOffsetMs: number): number {
  if (months === 0) return instant;
  const day = dayOf(instant, utcOffsetMs);
  const clock = instant - startOfDay(day, utcOffsetMs);
  const parts = partsOf(day);
  const index = parts.year * 12 + parts.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const target = dayFromParts(year, month, Math.min(parts.dayOfMonth, daysInMonth(year, month)));
  // Beyond year 9999 no date can be written down: stop there.
  return target === undefined ? LAST_INSTANT : startOfDay(target, utcOffsetMs) + clock;
}

function parseOffset(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR_MS + minutes * 60_000);
}
