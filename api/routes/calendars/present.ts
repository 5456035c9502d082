import type { z } from 'zod';
import type { RecountRun } from '../../../engine/index.ts';
import {
  coverageOfYear,
  daysOfYear,
  holidayInWords,
  type CalendarDay,
  type RegionCalendar,
} from '../../../processes/calendars/index.ts';
import type { House } from '../../house.ts';
import { presentCalendar } from '../due-dates/present.ts';
import { instant, instantOrNull, personReference } from '../present.ts';
import type { CalendarVersion, CalendarYear, HolidayNoticePreview, Recount } from './schema.ts';

export function presentVersion(house: House, calendar: RegionCalendar): z.input<typeof CalendarVersion> {
  const { loaded } = calendar;
  const newest = house.calendars.get(calendar.region, house.engine.now());
  return {
    ...presentCalendar(calendar),
    loadedAt: loaded ? instant(loaded.at) : null,
    loadedBy: loaded ? personReference(house, loaded.by) : null,
    inForce: newest === calendar,
  };
}

export function presentYear(house: House, calendar: RegionCalendar, year: number): z.input<typeof CalendarYear> {
  const days = daysOfYear(calendar, year);
  const works = ({ kind }: CalendarDay) => kind !== 'weekend' && kind !== 'holiday';
  const months = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'));
  return {
    calendar: presentVersion(house, calendar),
    year,
    coverage: coverageOfYear(calendar, year),
    papers: [...(calendar.data.years[String(year)]?.papers ?? []), ...(calendar.data.years.local?.papers ?? [])],
    workingDays: months.map((month) => days.filter((day) => day.date.slice(5, 7) === month && works(day)).length),
    days: days.map(({ date, kind, name, hours, covered }) => ({
      date,
      kind,
      name: name === undefined ? null : holidayInWords(name),
      hours: hours ? [...hours] : null,
      covered,
    })),
  };
}

/** Days of the years that either calendar covers which become something else. */
export function changedDays(was: RegionCalendar, is: RegionCalendar): z.input<typeof HolidayNoticePreview>['days'] {
  const years = [was, is]
    .flatMap(({ calendar: { coverage } }) => [coverage.from, coverage.to])
    .map((date) => +date.slice(0, 4));
  const changed: z.input<typeof HolidayNoticePreview>['days'] = [];
  for (let year = Math.min(...years); year <= Math.max(...years); year++) {
    const after = daysOfYear(is, year);
    daysOfYear(was, year).forEach(({ date, kind }, index) => {
      if (kind !== after[index]!.kind) changed.push({ date, was: kind, is: after[index]!.kind });
    });
  }
  return changed;
}

export function presentRecount(house: House, run: RecountRun): z.input<typeof Recount> {
  const { id, status, because, calendarVersion, total, checked, changed, failed } = run;
  return {
    id,
    status,
    version: because.notice as string,
    calendarVersion,
    papers: (because.papers ?? []) as string[],
    by: personReference(house, run.by),
    at: instant(run.at),
    notBefore: instant(run.notBefore),
    startedAt: instantOrNull(run.startedAt),
    endedAt: instantOrNull(run.endedAt),
    total,
    checked,
    changed,
    orders: run.house?.changed ?? 0,
    failed: failed.map((each) => ({ ...each })),
  };
}
