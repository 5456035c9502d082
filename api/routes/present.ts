import { isUncertain, uncertainDates, type CaseRow } from '../../engine/index.ts';
import {
  CHINA_OFFSET_MS,
  lightOf,
  remainingIn,
  usualDayOf,
  type Dates,
  type WorkCalendar,
} from '../../engine/time/index.ts';
import { amountInWords, standingInWords } from '../../processes/due-dates/index.ts';
import type { House } from '../house.ts';
import type { Amount, Light, Reference, Remaining } from './vocabulary.ts';

/** An instant (ms) as people here write it: ISO 8601 at +08:00. */
export function instant(at: number): string {
  return `${new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, -1)}+08:00`;
}

/** Null too for what rows of older stores do not have. */
export function instantOrNull(at: number | null | undefined): string | null {
  return at == null ? null : instant(at);
}

/** A person by name; the id where the directory no longer has them. */
export function personReference(house: Pick<House, 'directory'>, id: string): Reference {
  if (id === 'system') return { id, name: '系统' };
  return { id, name: house.directory.findPerson(id)?.name ?? id };
}

export function departmentReference(house: Pick<House, 'directory'>, id: string): Reference {
  return { id, name: house.directory.nameOf(id) };
}

/**
 * Light and time left of something that is still open, until its promise or, without one, its statutory limit. Both null
 * once it is closed; held, only what is overdue is told.
 */
export function clockOf(
  house: Pick<House, 'calendar'>,
  row: Dates & Pick<CaseRow, 'dateNotes'>,
  { open }: { open: boolean },
  now: number,
): { light: Light | null; remaining: Remaining | null } {
  if (!open) return { light: null, remaining: null };
  const light = lightOf(row, now);
  const dueAt = row.dueAt ?? row.statutoryAt ?? null;
  if (dueAt === null || light === 'grey') return { light, remaining: null };
  const { calendar } = house;
  const { inHours, unit = inHours ? 'workingHours' : 'workingDays', stoodStill, exactFrom } = row.dateNotes ?? {};
  const asked = { dueAt, now, calendar, ...(stoodStill && { stoodStill }) };
  const workingDays = remainingIn('workingDays', asked);
  const left = { value: remainingIn(unit, { ...asked, ...(exactFrom !== undefined && { exactFrom }) }), unit };
  const text = standingInWords({ left, held: row.held === true, passed: now > dueAt }, usualDayOf(calendar));
  return { light, remaining: { workingDays, text } };
}

/** How much time, with its words: of a working day as this calendar has it. */
export function amountOf(value: number, unit: Amount['unit'], calendar: WorkCalendar): Amount {
  const text = amountInWords(value, unit, usualDayOf(calendar));
  return { value: Math.round(value * 100) / 100, unit, text };
}

/** 暂定, first of the date that is shown first: the promise, without one the statutory date. */
export function uncertaintyOf(row: Parameters<typeof uncertainDates>[0]) {
  return { provisional: isUncertain(row), statutoryProvisional: uncertainDates(row).statutory };
}

const PEOPLE = new Set(['by']);
const INSTANTS = new Set(['since', 'at', 'until', 'leaseUntil', 'dueAt']);

/** What a refusal carries, for clients: people by name, instants as ISO 8601. */
export function presentDetails(house: Pick<House, 'directory'>) {
  return (details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(details).map(([key, value]) => {
        if (PEOPLE.has(key) && typeof value === 'string') return [key, personReference(house, value)];
        if (INSTANTS.has(key) && typeof value === 'number') return [key, instant(value)];
        return [key, value];
      }),
    );
}
