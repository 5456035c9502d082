import type { z } from 'zod';
import {
  caseTerms,
  dueDatesOf,
  phaseOf,
  Rejection,
  taskTerms,
  type CaseRow,
  type DueTerms,
  type TaskRow,
} from '../../../engine/index.ts';
import { warningText } from '../../../engine/model/limits.ts';
import { dueDate, holdTerms, lightOf, remaining, type Phase, type Terms } from '../../../engine/time/index.ts';
import type { RegionCalendar } from '../../../processes/calendars/index.ts';
import { momentInWords } from '../../../processes/due-dates/index.ts';
import { isAwaited, isClosed, replyFrom, replyTerms, type Order } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { endOf } from '../cases/phase-end.ts';
import { clockOf, instant, instantOrNull } from '../present.ts';
import { calendarOf, calendarOfCase, calendarOfPhase, calendarThatGives } from './calendar-of.ts';
import { presentCalendar, presentDueDate } from './present.ts';
import type { DueDateReason, WhichDate } from './schema.ts';

export type Reason = z.input<typeof DueDateReason>;
/** Which of the two due dates. */
export type Asked = z.output<typeof WhichDate>;

/**
 * Why a case is due when it is, counted again with the calendar in force by which it still is, or, held, why it has no date;
 * of another of its clocks where `phase` names one. `due_date.none`
 */
export async function whyCaseDue(
  house: House,
  row: CaseRow,
  asked?: Asked,
  phase: Phase | null = phaseOf(row),
): Promise<Reason> {
  const ended = phase === null ? undefined : row.clock?.phases?.ended?.[phase];
  const graph = await house.engine.getGraph(ended?.definitionId ?? row.definitionId);
  const calendar = calendarOfPhase(house, row, graph, phase);
  const terms = caseTerms(row, graph, calendar.calendar, phase);
  // a clock that ended, or has not begun: its date stands in no list
  const counted = phase === phaseOf(row) ? row : { ...row, ...(ended ?? dueDatesOf(terms)) };
  const stands = ended !== undefined || row.endedAt !== null;
  const dated = { ...counted, endedAt: endedAt(row, phase, counted.statutoryAt), stands };
  return explainDate(house, dated, calendar, { terms, which: asked ?? firstOf(dated, terms) });
}

/** A clock stands still from the end of its phase on, though the case goes on. */
function endedAt({ clock, endedAt }: CaseRow, phase: Phase | null, due: number | null): number | null {
  return (phase && clock?.phases && endOf(phase, clock.phases, due)) ?? endedAt;
}

/** Until when a hold was expected to last, of those of the case in the order they began. `due_date.none` */
export async function whyHoldDue(house: House, row: CaseRow, index: number): Promise<Reason> {
  const hold = row.clock?.holds[index];
  const calendar = calendarOfCase(house, row, await house.engine.getGraph(row.definitionId));
  const terms = hold && holdTerms(hold, calendar.calendar);
  if (!terms) throw noDueDate(row.id);
  const { dueAt } = dueDate(terms);
  const { id, endedAt } = row;
  const dated = { id, dueAt, yellowAt: null, statutoryAt: null, endedAt: hold.to ?? endedAt, stands: endedAt !== null };
  return explainDate(house, dated, calendar, { terms: { promise: terms }, which: 'promise' });
}

/** Until when a department has time to reply to an order. `due_date.none` where an older version did not keep in how many days. */
export function whyOrderDue(house: House, order: Order): Reason {
  const { number, days, dueAt } = order;
  if (days === undefined) throw noDueDate(number);
  const termsBy = ({ calendar }: RegionCalendar) => replyTerms({ from: replyFrom(order), days }, calendar);
  const calendar = calendarThatGives(house, (each) => dueDate(termsBy(each)).dueAt === dueAt);
  const ended = { endedAt: repliedAt(order), stands: isClosed(order) };
  const dated = { id: number, dueAt, yellowAt: null, statutoryAt: null, ...ended };
  return explainDate(house, dated, calendar, { terms: { promise: termsBy(calendar) }, which: 'promise' });
}

/** When the wait for a reply ended; a verdict that comes later makes no reply late. Null while it is awaited. */
function repliedAt(order: Order): number | null {
  const { status, statusAt, reply, verdict } = order;
  if (isAwaited(order)) return null;
  const returned = status === 'revoked' && verdict !== null;
  return reply && !returned ? reply.at : statusAt;
}

/** Why a task is due when it is, or, held with its case, why it has no date. `due_date.none` */
export async function whyTaskDue(house: House, task: TaskRow, asked?: Asked): Promise<Reason> {
  const graph = await house.engine.getGraph(task.definitionId);
  const clock = clockUntil(task.endedAt, await house.engine.getCase(task.caseId));
  const termsBy = ({ calendar }: RegionCalendar) =>
    taskTerms({ node: task.node, since: task.createdAt }, graph, calendar, clock);
  const which = asked ?? firstOf(task, termsBy(calendarOf(house, null)));
  const recorded = which === 'promise' ? task.dueAt : (task.statutoryAt ?? null);
  const calendar = calendarThatGives(house, (each) => {
    const terms = termsBy(each)[which];
    return terms !== undefined && dueDate(terms).dueAt === recorded;
  });
  const dated = { ...task, stands: task.endedAt !== null };
  return explainDate(house, dated, calendar, { terms: termsBy(calendar), which });
}

/** What began when a task had ended does not move its date. */
function clockUntil(end: number | null, { clock }: Pick<CaseRow, 'clock'>): CaseRow['clock'] {
  if (end === null || !clock) return clock;
  const { holds, phases } = clock;
  const before = ({ from }: { from: number }): boolean => from < end;
  return {
    ...clock,
    holds: holds.filter(before),
    ...(phases && { phases: { ...phases, supplements: phases.supplements.filter(before) } }),
  };
}

function firstOf({ dueAt, statutoryAt }: Pick<Row, 'dueAt' | 'statutoryAt'>, { promise }: DueTerms): Asked {
  return dueAt === null && (statutoryAt != null || !promise) ? 'statutory' : 'promise';
}

/** What is explained: dates as they were recorded, until when they counted, and whether a notice of holidays moves them no more. */
export type Row = Pick<CaseRow, 'id' | 'dueAt' | 'yellowAt' | 'statutoryAt' | 'endedAt'> & { readonly stands: boolean };

/** Why a date is that one, counted again with a calendar. `due_date.none` */
export function explainDate(
  house: House,
  row: Row,
  calendar: RegionCalendar,
  { terms: { promise, statutory }, which }: { terms: DueTerms; which: Asked },
): Reason {
  const terms = which === 'promise' ? promise : statutory;
  const recorded = (which === 'promise' ? row.dueAt : row.statutoryAt) ?? null;
  // what has ended stands as it stood at its end
  const at = row.endedAt ?? house.engine.now();
  if (!terms) {
    if (recorded === null) throw noDueDate(row.id);
    return statedReason(house, { ...row, dueAt: recorded }, calendar, at);
  }
  const { stands } = row;
  const ended = row.endedAt !== null;
  const answer = presentDueDate(terms, {
    calendar,
    at,
    ended,
    stands,
    ...(statutory && { statutory: statutory.limit }),
  });
  return {
    ...answer,
    // of itself it need not tell
    statutory: which === 'promise' ? answer.statutory : null,
    recordedAt: instantOrNull(recorded),
    agrees: answer.dueAt === instantOrNull(recorded),
    // the calculator knows no end of what it is asked about
    countedFrom: ended && answer.standing.held ? null : questionOf(terms, statutory),
  };
}

/** What to ask for the same ledger and light. Null where only the applicant's time explains it: that is not for others to state. */
function questionOf(
  { start, acceptedBy, anew, limit, startRule, warning, holds = [], extensions = [] }: Terms,
  statutory: Terms | undefined,
): Reason['countedFrom'] {
  const asked = holds.flatMap(({ reason, local, basis, from, to }) =>
    reason === 'supplement' || reason === 'elsewhere'
      ? []
      : [
          {
            reason,
            ...(local && { local: { zh: local.zh, en: local.en } }),
            from: instant(from),
            to: instantOrNull(to),
            ...(basis !== undefined && { basis }),
          },
        ],
  );
  if (anew || asked.length < holds.length) return null;
  return {
    start: instant(start),
    ...(acceptedBy && { acceptedBy }),
    limit: { value: limit.value, unit: limit.unit, ...(limit.basis !== undefined && { basis: limit.basis }) },
    ...(startRule && { startRule }),
    ...(warning && { yellow: warningText(warning) }),
    ...(statutory && { statutory: { value: statutory.limit.value, unit: statutory.limit.unit } }),
    holds: asked,
    extensions: extensions.map(({ value, basis, approvedBy }) => ({
      value,
      ...(basis !== undefined && { basis }),
      ...(approvedBy !== undefined && { approvedBy }),
    })),
  };
}

export function noDueDate(of: string): Rejection {
  return new Rejection('not-found', 'due_date.none', `Expected a due date of '${of}', but it has none`, { of });
}

/** The process states the moment itself: nothing was counted. */
function statedReason(house: House, row: Row & { dueAt: number }, calendar: RegionCalendar, at: number): Reason {
  const { dueAt, yellowAt } = row;
  const when = momentInWords(dueAt, calendar.calendar);
  const { workingDays } = remaining({ dueAt, now: at, calendar: calendar.calendar });
  return {
    dueAt: instant(dueAt),
    dueText: when,
    yellowAt: instantOrNull(yellowAt),
    provisional: false,
    statutory: null,
    standing: {
      at: instant(at),
      light: lightOf({ dueAt, yellowAt }, at),
      held: false,
      passed: at > dueAt,
      left: { value: workingDays, unit: 'workingDays' },
      officeMinutes: null,
      text: clockOf({ calendar: calendar.calendar }, row, { open: true }, at).remaining!.text,
      officeText: null,
    },
    calendar: presentCalendar(calendar),
    ledger: [
      {
        kind: 'stated',
        text: {
          zh: `流程本身写明在${when.zh}到期，没有按时限推算`,
          en: `The process itself states ${when.en}; nothing was counted`,
        },
        at: instant(dueAt),
        until: null,
        amount: null,
        unit: null,
        article: null,
        calendarVersion: calendar.calendar.version,
      },
    ],
    recordedAt: instant(dueAt),
    agrees: true,
    countedFrom: null,
  };
}
