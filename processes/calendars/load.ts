import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type CalendarData, type WorkCalendar } from '../../engine/time/index.ts';
import { dataFolder } from '../data-folder.ts';

/** The working calendar of mainland China from cn.json. `calendar.invalid` where the file contradicts itself. */
export function loadCalendar(file: string = join(dataFolder('processes/calendars'), 'cn.json')): WorkCalendar {
  return workCalendar(JSON.parse(readFileSync(file, 'utf8')) as CalendarData);
}
