/**
 * FEEL's date, time, date and time, and duration (DMN 1.3, 10.3.2.3), without the machine's clock or time zone: a time
 * without offset is China Standard Time (UTC+8, no daylight saving), so every node computes the same.
 */
export const LOCAL_OFFSET = 480;

const MINUTE = 60_000;
const DAY = 86_400_000;

export class FeelDate {
  /** Days since 1970-01-01. */
  readonly day: number;
  constructor(day: number) {
    this.day = day;
  }
  toString(): string {
    return new Date(this.day * DAY).toISOString().slice(0, 10);
  }
}

export class FeelTime {
  /** ms since midnight */
  readonly ms: number;
  /** Minutes east of UTC; null when not written. */
  readonly offset: number | null;
  constructor(ms: number, offset: number | null) {
    this.ms = ms;
    this.offset = offset;
  }
  toString(): string {
    return clock(this.ms) + (this.offset === null ? '' : zone(this.offset));
  }
  /** ms of the day in UTC, for comparing */
  get instant(): number {
    return this.ms - (this.offset ?? LOCAL_OFFSET) * MINUTE;
  }
}

export class FeelDateTime {
  /** ms since the epoch */
  readonly instant: number;
  /** Minutes east of UTC. */
  readonly offset: number;
  constructor(instant: number, offset: number) {
    this.instant = instant;
    this.offset = offset;
  }
  toString(): string {
    const local = new Date(this.instant + this.offset * MINUTE).toISOString();
    return local.slice(0, 19) + (local.slice(19, 23) === '.000' ? '' : local.slice(19, 23)) + zone(this.offset);
  }
  /** The calendar date as written, not the date in UTC. */
  get date(): FeelDate {
    return new FeelDate(Math.floor((this.instant + this.offset * MINUTE) / DAY));
  }
  get time(): FeelTime {
    return new FeelTime(modulo(this.instant + this.offset * MINUTE, DAY), this.offset);
  }
}

/** Months and milliseconds are kept apart: a month has no fixed length, and P30D must stay 30 days. */
export class FeelDuration {
  readonly months: number;
  readonly ms: number;
  constructor(months: number, ms: number) {
    this.months = months;
    this.ms = ms;
  }
  toString(): string {
    const sign = this.months < 0 || this.ms < 0 ? -1 : 1;
    const months = this.months * sign;
    const ms = this.ms * sign;
    if (months === 0 && ms === 0) return 'PT0S';
    const years = Math.trunc(months / 12);
    const days = Math.trunc(ms / DAY);
    const hours = Math.trunc((ms % DAY) / 3_600_000);
    const minutes = Math.trunc((ms % 3_600_000) / MINUTE);
    const seconds = (ms % MINUTE) / 1000;
    const date = part(years, 'Y') + part(months % 12, 'M') + part(days, 'D');
    const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
    return `${sign < 0 ? '-' : ''}P${date}${time && `T${time}`}`;
  }
}

export type Temporal = FeelDate | FeelTime | FeelDateTime | FeelDuration;

export function isTemporal(value: unknown): value is Temporal {
  return (
    value instanceof FeelDate ||
    value instanceof FeelTime ||
    value instanceof FeelDateTime ||
    value instanceof FeelDuration
  );
}

/** A real calendar day, years 0001 to 9999; null for any other. */
export function makeDate(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return new FeelDate(at.getTime() / DAY);
}

export function makeTime(hour: number, minute: number, second: number, offset: number | null): FeelTime | null {
  if (!Number.isInteger(hour) || !Number.isInteger(minute)) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) return null;
  return new FeelTime((hour * 60 + minute) * MINUTE + Math.floor(second * 1000), offset);
}

export function makeDateTime(date: FeelDate, time: FeelTime): FeelDateTime {
  const offset = time.offset ?? LOCAL_OFFSET;
  return new FeelDateTime(date.day * DAY + time.ms - offset * MINUTE, offset);
}

export function parseDate(text: string): FeelDate | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return found && makeDate(Number(found[1]), Number(found[2]), Number(found[3]));
}

export function parseTime(text: string): FeelTime | null {
  const found = /^(\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!found) return null;
  const offset = parseOffset(found[4]);
  return offset === undefined ? null : makeTime(Number(found[1]), Number(found[2]), Number(found[3] ?? 0), offset);
}

/** `2026-03-01T09:00:00`, with or without offset; a date alone is its midnight. */
export function parseDateTime(text: string): FeelDateTime | null {
  const [day, clockText, ...rest] = text.split('T');
  const date = parseDate(day!);
  const time = clockText === undefined ? new FeelTime(0, null) : parseTime(clockText);
  return rest.length > 0 || !date || !time ? null : makeDateTime(date, time);
}

export function parseDuration(text: string): FeelDuration | null {
  const found =
    /^(-)?P(?!$)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?!$)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,11}(?:\.\d{1,9})?)S)?)?$/.exec(
      text,
    );
  if (!found) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(2).map((part) => Number(part ?? 0));
  const sign = found[1] ? -1 : 1;
  const ms = (weeks! * 7 + days!) * DAY + hours! * 3_600_000 + minutes! * MINUTE + Math.round(seconds! * 1000);
  return new FeelDuration(sign * (years! * 12 + months!) + 0, sign * ms + 0);
}

/** Months first (the 31st becomes the last day of a shorter month), then time. Null outside years 0001 to 9999. */
export function plus(at: Temporal, by: FeelDuration, sign: 1 | -1): Temporal | null {
  const months = by.months * sign;
  const ms = by.ms * sign;
  if (at instanceof FeelDuration) return new FeelDuration(at.months + months, at.ms + ms);
  if (at instanceof FeelTime) return months === 0 ? new FeelTime(modulo(at.ms + ms, DAY), at.offset) : null;
  const day = addMonths(at instanceof FeelDate ? at : at.date, months);
  if (!day) return null;
  if (at instanceof FeelDate) {
    if (ms % DAY === 0) return inRange(new FeelDate(day.day + ms / DAY));
    return inRange(new FeelDateTime(day.day * DAY + ms - LOCAL_OFFSET * MINUTE, LOCAL_OFFSET));
  }
  const moved = makeDateTime(day, at.time);
  return inRange(new FeelDateTime(moved.instant + ms, at.offset));
}

/** The part of a date, time or duration that FEEL names; undefined when it has none of that name. */
export function temporalPart(value: Temporal, name: string): number | string | undefined {
  if (value instanceof FeelDuration) return durationPart(value, name);
  const date = value instanceof FeelDate ? value : value instanceof FeelDateTime ? value.date : null;
  if (date) {
    const at = new Date(date.day * DAY);
    if (name === 'year') return at.getUTCFullYear();
    if (name === 'month') return at.getUTCMonth() + 1;
    if (name === 'day') return at.getUTCDate();
    if (name === 'weekday') return at.getUTCDay() || 7;
  }
  const time = value instanceof FeelTime ? value : value instanceof FeelDateTime ? value.time : null;
  if (time) {
    if (name === 'hour') return Math.floor(time.ms / 3_600_000);
    if (name === 'minute') return Math.floor(time.ms / MINUTE) % 60;
    if (name === 'second') return Math.floor(time.ms / 1000) % 60;
  }
  return undefined;
}

export function daysBetween(from: FeelDate, to: FeelDate): number {
  return to.day - from.day;
}

function durationPart({ months, ms }: FeelDuration, name: string): number | undefined {
  const parts: Record<string, number> = {
    years: Math.trunc(months / 12),
    months: months % 12,
    days: Math.trunc(ms / DAY),
    hours: Math.trunc((ms % DAY) / 3_600_000),
    minutes: Math.trunc((ms % 3_600_000) / MINUTE),
    seconds: Math.trunc((ms % MINUTE) / 1000),
  };
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

function addMonths(date: FeelDate, months: number): FeelDate | null {
  if (months === 0) return date;
  const at = new Date(date.day * DAY);
  const month = at.getUTCFullYear() * 12 + at.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const first = makeDate(year, modulo(month, 12) + 1, 1);
  const next = new Date(0);
  next.setUTCFullYear(year, modulo(month, 12) + 1, 0);
  return first && new FeelDate(first.day + Math.min(at.getUTCDate(), next.getUTCDate()) - 1);
}

const FIRST = -719_162; // 0001-01-01
const LAST = 2_932_896; // 9999-12-31

function inRange<T extends FeelDate | FeelDateTime>(value: T): T | null {
  const day = value instanceof FeelDate ? value.day : value.instant / DAY;
  return day > FIRST && day < LAST ? value : null;
}

function parseOffset(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return Number(text.slice(4, 6)) > 59 || minutes > 14 * 60 ? undefined : text.startsWith('-') ? -minutes : minutes;
}

function zone(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function clock(ms: number): string {
  const text = new Date(ms).toISOString().slice(11, 23);
  return text.endsWith('.000') ? text.slice(0, 8) : text;
}

const two = (n: number) => String(n).padStart(2, '0');
const part = (n: number, unit: string) => (n === 0 ? '' : `${n}${unit}`);
const modulo = (a: number, b: number) => ((a % b) + b) % b;
