import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type WorkCalendar } from '../../engine/time/index.ts';
import { dataFolder } from '../data-folder.ts';
import { buildCalendars, type CalendarFiles } from './build.ts';
import type { Calendars } from './calendars.ts';
import { BaseFile, checkedFile, OverlayFile } from './schema.ts';

const FOLDER = 'processes/calendars';

/** Where the files are. Made-up ones only where `demo` asks for them. */
export interface CalendarFolder {
  readonly folder?: string;
  readonly demo: boolean;
}

/** The working calendar of mainland China from cn.json. `calendar.invalid` where the file contradicts itself. */
export function loadCalendar(file: string = join(dataFolder(FOLDER), 'cn.json')): WorkCalendar {
  return workCalendar(checkedFile(BaseFile, readJson(file), file));
}

/** Every calendar of a folder. `calendar.invalid` */
export function loadCalendars(from: CalendarFolder): Calendars {
  return buildCalendars(readCalendarFiles(from));
}

/** Base calendars beside each other, in overlays/ what regions do differently, each file one version. `calendar.invalid` */
export function readCalendarFiles({ folder = dataFolder(FOLDER), demo }: CalendarFolder): CalendarFiles {
  const bases = jsonFiles(folder).map((file) => ({ file: checkedFile(BaseFile, readJson(file), file) }));
  const overlays = jsonFiles(join(folder, 'overlays')).map((file) => ({
    file: checkedFile(OverlayFile, readJson(file), file),
  }));
  return { bases, overlays: overlays.filter(({ file }) => demo || !file.demo) };
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
