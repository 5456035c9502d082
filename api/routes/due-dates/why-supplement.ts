import { supplementUntil, type CaseRow } from '../../../engine/index.ts';
import { dueDate, remainingIn, type Terms } from '../../../engine/time/index.ts';
import type { RegionCalendar } from '../../../processes/calendars/index.ts';
import { officeTimeInWords } from '../../../processes/due-dates/index.ts';
import type { House } from '../../house.ts';
import { clockOf } from '../present.ts';
import { calendarOfCase, calendarThatGives } from './calendar-of.ts';
import { explainDate, noDueDate, type Reason, type Row } from './why.ts';

/**
 * Until when the applicant has time to supplement, by one of the notices in the order of time, -1 for the last: by the
 * calendar by which they were told, where a later one gives less. `due_date.none`
 */
export async function whySupplementDue(house: House, row: CaseRow, index = -1): Promise<Reason> {
  const notice = row.clock?.phases?.supplements.at(index);
  const graph = await house.engine.getGraph(row.definitionId);
  const ofCase = calendarOfCase(house, row, graph);
  const due = notice && supplementUntil(row, graph, notice, ofCase.calendar);
  if (!due) throw noDueDate(row.id);
  const { from: start, limit, to } = notice;
  const endedAt = to ?? row.endedAt;
  const { dueAt, yellowAt } = due;
  const dated = { id: row.id, dueAt, yellowAt, statutoryAt: null, endedAt, stands: endedAt !== null };
  if (!limit) return explainDate(house, dated, ofCase, { terms: {}, which: 'promise' });
  const termsBy = ({ calendar }: RegionCalendar) => ({ start, limit, calendar });
  const calendar = calendarThatGives(house, (each) => dueDate(termsBy(each)).dueAt === due.dueAt);
  const reason = explainDate(house, dated, calendar, { terms: { promise: termsBy(calendar) }, which: 'promise' });
  return calendar.calendar.version === ofCase.calendar.version
    ? reason
    : toldReason(house, reason, dated, limit, ofCase);
}

/**
 * A date that was told by other days than those in force: it stands, so it is not provisional, and what is left of it is
 * counted by the days in force, as wherever it is shown.
 */
function toldReason(
  house: House,
  reason: Reason,
  dated: Row & { dueAt: number },
  { unit }: Terms['limit'],
  { calendar }: RegionCalendar,
): Reason {
  const at = dated.endedAt ?? house.engine.now();
  const asked = { dueAt: dated.dueAt, now: at, calendar };
  const officeTime = Math.round(remainingIn('workingHours', asked) * 60) * 60_000;
  const { light, remaining } = clockOf({ calendar }, { ...dated, dateNotes: { unit } }, { open: true }, at);
  const told = {
    zh: `这一天已告知申请人，不因此后的放假安排（工作日历 ${calendar.version}）提前`,
    en: `The applicant was told this date: the notice that came later (calendar ${calendar.version}) does not bring it forward`,
  };
  const line = { at: null, until: null, amount: null, unit: null, article: null, calendarVersion: calendar.version };
  return {
    ...reason,
    provisional: false,
    standing: {
      ...reason.standing,
      light,
      left: { value: remainingIn(unit, asked), unit },
      officeMinutes: officeTime / 60_000,
      text: remaining!.text,
      officeText: officeTimeInWords({ officeTime }),
    },
    ledger: [...reason.ledger.filter(({ kind }) => kind !== 'provisional'), { kind: 'stated', text: told, ...line }],
    // the calculator counts with one calendar
    countedFrom: null,
  };
}
