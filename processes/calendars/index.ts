export { buildCalendars, type CalendarFiles } from './build.ts';
export { Calendars, type RegionCalendar } from './calendars.ts';
export { holidayInWords } from './holiday-words.ts';
export { calendarSource, keptCalendars, type KeptCalendars } from './kept-calendars.ts';
export { loadCalendar, loadCalendars, readCalendarFiles } from './load.ts';
export { readNotice, type Notice } from './notice.ts';
export { clock, coverageOfYear, daysOfYear, yearOf, type CalendarDay, type DayKind } from './year.ts';
