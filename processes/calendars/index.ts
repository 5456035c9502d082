export { Calendars, type RegionCalendar } from './calendars.ts';
export { loadCalendar, loadCalendars } from './load.ts';
