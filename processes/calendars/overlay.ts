import { Rejection } from '../../engine/kernel/rejection.ts';
import { formatDay, parseDay, workCalendar, type CalendarData } from '../../engine/time/index.ts';
import type { OverlayFile } from './schema.ts';

/**
 * The calendar of a region: the days and hours of `base`, overruled by those of its overlay. It covers what both cover: a
 * year whose local notice is not loaded is counted by the country's alone, and provisional. `calendar.invalid` where the
 * overlay contradicts itself.
 */
export function withOverlay(base: CalendarData, overlay: OverlayFile): CalendarData {
  const [from, to] = [later(base.coverage[0], overlay.coverage[0]), earlier(base.coverage[1], overlay.coverage[1])];
  if (from > to) throw wrong(overlay, `it covers no day that ${base.version} covers`);
  const both = overlay.off.filter((date) => overlay.work.includes(date));
  if (both.length > 0) throw wrong(overlay, `${both[0]} is a day off and a day worked`);
  const local = new Set([...overlay.off, ...overlay.work]);
  const outside = [...local, ...Object.keys(overlay.hours)].find((date) => date < from || date > to);
  if (outside) throw wrong(overlay, `${outside} lies outside the coverage`);
  const kept = (date: string): boolean => !local.has(date);

  const years = Object.fromEntries(
    Object.entries(base.years).map(([year, { papers, off, work, hours = {}, names }]) => [
      year,
      {
        papers,
        off: off.filter(kept),
        work: work.filter(kept),
        hours: Object.fromEntries(Object.entries(hours).filter(([date]) => !overlay.off.includes(date))),
        ...(names && { names }),
      },
    ]),
  );
  const days: CalendarData = {
    version: `${overlay.version}+${base.version}`,
    utcOffset: base.utcOffset,
    coverage: [from, to],
    named: base.coverage,
    officeHours: overlay.officeHours ?? base.officeHours,
    ...(base.everyYear && { everyYear: base.everyYear }),
    years: {
      ...years,
      local: { papers: overlay.papers, off: overlay.off, work: overlay.work, names: overlay.names ?? {} },
    },
  };
  const hours = { ...seasonalHours(overlay, days), ...overlay.hours };
  for (const year of Object.values(years)) for (const date of Object.keys(hours)) delete year.hours[date];
  return { ...days, years: { ...days.years, local: { ...days.years.local!, hours } } };
}

/** Hours of every working day of a season. */
function seasonalHours(overlay: OverlayFile, days: CalendarData): Record<string, readonly string[]> {
  const calendar = workCalendar(days);
  const hours: Record<string, readonly string[]> = {};
  for (const season of overlay.seasons) {
    if (season.from > season.to) throw wrong(overlay, `the season from ${season.from} ends before it begins`);
    for (let day = parseDay(season.from)!; day <= parseDay(season.to)!; day++) {
      const date = formatDay(day);
      if (!calendar.coversDay(day))
        throw wrong(overlay, `the season from ${season.from} leaves the coverage on ${date}`);
      if (!calendar.isWorkingDay(date)) continue;
      if (hours[date]) throw wrong(overlay, `${date} lies in two seasons`);
      hours[date] = season.hours;
    }
  }
  return hours;
}

function wrong({ version }: OverlayFile, reason: string): Rejection {
  return new Rejection('invalid', 'calendar.invalid', `Expected a sound overlay ${version}, but ${reason}`, { reason });
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
