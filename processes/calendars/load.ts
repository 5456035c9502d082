import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type WorkCalendar } from '../../engine/time/index.ts';
import { dataFolder } from '../data-folder.ts';
import { Calendars, type RegionCalendar } from './calendars.ts';
import { withOverlay } from './overlay.ts';
import { BaseFile, checkedFile, OverlayFile } from './schema.ts';

const FOLDER = 'processes/calendars';

/** The working calendar of mainland China from cn.json. `calendar.invalid` where the file contradicts itself. */
export function loadCalendar(file: string = join(dataFolder(FOLDER), 'cn.json')): WorkCalendar {
  return workCalendar(checkedFile(BaseFile, readJson(file), file));
}

/**
 * Every calendar of a folder: base calendars beside each other, in overlays/ what regions do differently, each file one
 * version. An overlay lies over every version of the country that it meets. Made-up ones only where `demo` asks for them.
 * `calendar.invalid`
 */
export function loadCalendars({ folder = dataFolder(FOLDER), demo }: { folder?: string; demo: boolean }): Calendars {
  const bases = jsonFiles(folder)
    .map((file) => checkedFile(BaseFile, readJson(file), file))
    .sort((a, b) => b.effective.localeCompare(a.effective));
  const overlays = jsonFiles(join(folder, 'overlays'))
    .map((file) => checkedFile(OverlayFile, readJson(file), file))
    .filter((overlay) => demo || !overlay.demo);
  return new Calendars([
    ...bases.map((base) => ({
      ...aboutFile(base),
      papers: papersOf(base),
      demo: false,
      calendar: workCalendar(base),
    })),
    ...overlays.flatMap((overlay) => overBases(overlay, bases)),
  ]);
}

/** In force once both are. `calendar.invalid` where it meets none of them. */
function overBases(overlay: OverlayFile, bases: readonly BaseFile[]): RegionCalendar[] {
  const met = bases.filter(({ coverage: [from, to] }) => from <= overlay.coverage[1] && to >= overlay.coverage[0]);
  return (met.length > 0 ? met : bases.slice(0, 1)).map((base) => ({
    ...aboutFile(overlay),
    effective: base.effective > overlay.effective ? base.effective : overlay.effective,
    papers: [...overlay.papers, ...overlay.seasons.flatMap(({ papers }) => papers), ...papersOf(base)],
    demo: overlay.demo === true,
    calendar: workCalendar(withOverlay(base, overlay)),
  }));
}

function papersOf({ years }: BaseFile): string[] {
  return Object.values(years).flatMap(({ papers }) => papers);
}

function aboutFile({
  region,
  title,
  effective,
}: BaseFile | OverlayFile): Omit<RegionCalendar, 'papers' | 'demo' | 'calendar'> {
  return { region, title, effective };
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
