import type { CalendarSource, CaseRow, RecountRun, Store } from '../../engine/index.ts';
import { workCalendar, type WorkCalendar } from '../../engine/time/index.ts';
import { loadCalendar } from '../../processes/calendars/index.ts';
import { bpmn, chain } from './bpmn.ts';
import { AMENDED_2027, countryAfter, NOTICE_2027 } from './notices.ts';
import { at, DESIGNER, office, type Office } from './office.ts';
import { testStore } from './test-store.ts';

/** A permit that promises so many working days, and its first step. */
export const permit = (limit: number, step: number) =>
  bpmn(
    `<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing" ov:promise="${step}" ov:unit="workingDays"/><userTask id="look" ov:department="housing"/><endEvent id="e"/>${chain('s', 'review', 'look', 'e')}`,
    { id: 'permit', processAttrs: `ov:promise="${limit}" ov:unit="workingDays"` },
  );

const calendarOf = (now: string, ...notices: unknown[]) => countryAfter(...notices).get('cn', at(now)).calendar;
export const noticed = calendarOf('2026-11-05', NOTICE_2027);
export const amended = calendarOf('2026-11-20', NOTICE_2027, AMENDED_2027);

/** As by the usual weeks, but for these days of January 2027. */
export const withDays = (version: string, { off, work = [] }: { off: readonly string[]; work?: readonly string[] }) => {
  const days = (some: readonly string[]) => some.map((day) => `2027-01-${day}`);
  return workCalendar({
    version,
    utcOffset: '+08:00',
    coverage: ['2026-01-01', '2027-12-31'],
    officeHours: ['08:30-12:00', '13:00-17:00'],
    years: { 2027: { papers: ['made up for tests'], off: days(off), work: days(work) } },
  });
};
export const withOff = (version: string, ...days: string[]) => withDays(version, { off: ['01', ...days] });

export const close = (day: string) => at(`${day}T17:00:00+08:00`);
export const because = { notice: 'cn-2027.1', papers: ['国办发明电〔2026〕7号'] };

/** The calendar on the wall: somebody may hang up another one. */
function wall(first: WorkCalendar = loadCalendar()): CalendarSource & { hang(calendar: WorkCalendar): void } {
  let hanging = first;
  return { current: () => hanging, refresh: () => Promise.resolve(), hang: (next) => void (hanging = next) };
}

export interface Hall extends Office {
  hang(calendar: WorkCalendar): void;
  /** Hangs up another calendar and counts every open case again. */
  recount(calendar: WorkCalendar): Promise<RecountRun>;
  /** What the history says of dates that another calendar moved. */
  lines(caseId: string): Promise<unknown[]>;
}

/** An office whose calendar changes while its cases are open. */
export function hall({ now = '2026-12-21', store = testStore() }: { now?: string; store?: Store } = {}): Hall {
  const calendar = wall();
  const desk = office({ store, now, calendar });
  return {
    ...desk,
    hang: calendar.hang,
    async recount(next) {
      calendar.hang(next);
      const { id } = await desk.engine.recountCases({ because }, DESIGNER);
      await desk.engine.runDueJobs();
      return desk.engine.getRecount(id);
    },
    async lines(caseId) {
      const events = await store.listEvents(caseId, 0, 1_000);
      return events.filter(({ type }) => type === 'deadline.recounted').map(({ data }) => data);
    },
  };
}

/** Writes a case as no command does: as an older version left it, or something broke it. */
export async function rewrite(store: Store, row: CaseRow): Promise<void> {
  await store.commit({
    caseId: row.id,
    expectedRev: row.rev,
    case: { ...row, rev: row.rev + 1 },
    events: [],
    tasks: [],
    jobs: { put: [], remove: [] },
    subscriptions: { put: [], remove: [] },
    incidents: { put: [], remove: [] },
  });
}
