import { caseTerms, dueDatesOf, phaseOf, type CaseRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import type { Phase } from '../../../engine/time/index.ts';
import type { RegionCalendar } from '../../../processes/calendars/index.ts';
import type { House } from '../../house.ts';

/** The calendar of this version; that of the house where it is no longer loaded, or nothing was counted. */
export function calendarOf({ calendars, calendar }: House, version: string | null): RegionCalendar {
  return (version === null ? undefined : calendars.ofVersion(version)) ?? calendars.ofVersion(calendar.version)!;
}

/**
 * What the clocks of a case are counted with, wherever they are shown: the calendar in force, as in lists, because what has
 * passed since a due date is counted too. Where its dates do not come out by that (it ended before the notice came, or its
 * turn in the run is still to come), and where none of them runs any more, the one that it was counted with.
 */
export function calendarOfCase(house: House, row: CaseRow, graph: ProcessGraph): RegionCalendar {
  if (phaseOf(row) === null) return calendarOf(house, row.calendarVersion);
  const inForce = calendarOf(house, null);
  const { dueAt, statutoryAt } = dueDatesOf(caseTerms(row, graph, inForce.calendar));
  const agrees = dueAt === row.dueAt && statutoryAt === (row.statutoryAt ?? null);
  return agrees ? inForce : calendarOf(house, row.calendarVersion);
}

/** What one clock of a case is counted with: once it has ended, the calendar by which its dates stand. */
export function calendarOfPhase(house: House, row: CaseRow, graph: ProcessGraph, phase: Phase | null): RegionCalendar {
  const ended = phase === null ? undefined : row.clock?.phases?.ended?.[phase];
  return ended ? calendarOf(house, ended.calendarVersion) : calendarOfCase(house, row, graph);
}

/** Tasks, orders and notices to supplement do not name theirs: the newest by which the date comes out. What ended before a notice was loaded has an older. */
export function calendarThatGives(house: House, agrees: (calendar: RegionCalendar) => boolean): RegionCalendar {
  const now = calendarOf(house, null);
  const ever = house.calendars.everOfDivision(house.region, house.engine.now());
  return [now, ...ever].find(agrees) ?? now;
}
