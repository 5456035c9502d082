import { Rejection } from '../../engine/kernel/rejection.ts';
import { formatDay, parseDay, workCalendar, type CalendarData } from '../../engine/time/index.ts';
import { earlier, later } from './local-days.ts';
import type { OverlayFile } from './schema.ts';

/**
 * The calendar of a region: the days and hours of `base`, overruled by those of its overlay. It covers what both cover: a
 * year whose local notice is not loaded is counted by the country's alone, and provisional. Local days of which `base` does
 * not speak yet are left out, and so are local hours of a day that `base` has off. `calendar.invalid` where the overlay
 * contradicts itself.
 */
export function withOverlay(base: CalendarData, overlay: OverlayFile): CalendarData {
  const [from, to] = [later(base.coverage[0], overlay.coverage[0]), earlier(base.coverage[1], overlay.coverage[1])];
  if (from > to) throw overlayInvalid(overlay, `it covers no day that ${base.version} covers`);
  const both = overlay.off.filter((date) => overlay.work.includes(date));
  if (both.length > 0) throw overlayInvalid(overlay, `${both[0]} is a day off and a day worked`);
  const half = Object.keys(overlay.hours).find((date) => overlay.off.includes(date));
  if (half) throw overlayInvalid(overlay, `${half} has office hours, but is a day off`);
  const local = new Set([...overlay.off, ...overlay.work]);
  const stated = (date: string): boolean => date >= base.coverage[0] && date <= base.coverage[1];
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
      local: {
        papers: overlay.papers,
        off: overlay.off.filter(stated),
        work: overlay.work.filter(stated),
        names: overlay.names ?? {},
      },
    },
  };
  const calendar = workCalendar(days);
  const works = (date: string): boolean => stated(date) && calendar.isWorkingDay(date);
  const ofSingleDays = Object.entries(overlay.hours).filter(([date]) => works(date));
  const hours = { ...seasonalHours(overlay, works), ...Object.fromEntries(ofSingleDays) };
  for (const year of Object.values(years)) for (const date of Object.keys(hours)) delete year.hours[date];
  return { ...days, years: { ...days.years, local: { ...days.years.local!, hours } } };
}

/** Hours of every day of a season that is worked. */
function seasonalHours(overlay: OverlayFile, works: (date: string) => boolean): Record<string, readonly string[]> {
  const hours: Record<string, readonly string[]> = {};
  for (const season of overlay.seasons) {
    if (season.from > season.to) throw overlayInvalid(overlay, `the season from ${season.from} ends before it begins`);
    for (let day = parseDay(season.from)!; day <= parseDay(season.to)!; day++) {
      const date = formatDay(day);
      if (!works(date)) continue;
      if (hours[date]) throw overlayInvalid(overlay, `${date} lies in two seasons`);
      hours[date] = season.hours;
    }
  }
  return hours;
}

export function overlayInvalid({ version }: OverlayFile, reason: string): Rejection {
  return new Rejection('invalid', 'calendar.invalid', `Expected a sound overlay ${version}, but ${reason}`, { reason });
}
