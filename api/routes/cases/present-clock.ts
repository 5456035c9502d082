import type { z } from 'zod';
import {
  caseTerms,
  datesOfPhase,
  extendableUntil,
  extensionsOf,
  isHeld,
  phaseOf,
  silenceWaitsUntil,
  supplementUntil,
  uncertainDates,
  type CaseRow,
} from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import {
  elapsedAt,
  holdDue,
  PHASES,
  phaseSpan,
  standingAt,
  usualDayOf,
  type Phase,
  type Phases,
  type Terms,
  type WorkCalendar,
} from '../../../engine/time/index.ts';
import {
  isHandledJointly,
  longestExtension,
  nameOfHold,
  refuseAnswer,
  refuseExtension,
  refuseHold,
  refuseNotice,
  refuseResume,
} from '../../../processes/casework/index.ts';
import type { Directory, Person } from '../../../processes/directory/index.ts';
import { standingInWords, type Bilingual } from '../../../processes/due-dates/index.ts';
import type { Supplement, SupplementAnswer } from '../../../engine/store/ports.ts';
import type { StoredFile } from '../files/schema.ts';
import { amountOf, clockOf, instant, instantOrNull } from '../present.ts';
import type { CaseClock } from './clock-schema.ts';
import { endOf, keptOf } from './phase-end.ts';

type Presented = z.input<typeof CaseClock>;
type Answer = NonNullable<Presented['supplements'][number]['answer']>;
/** What it is counted with, when it is looked at, and who works where. */
interface Look {
  readonly directory: Directory;
  readonly calendar: WorkCalendar;
  /** Of one clock: it may have ended by another. */
  readonly calendarOf: (phase: Phase | null) => WorkCalendar;
  readonly now: number;
}

/** null: nothing limits the case, nor ever held or extended it, so there is no clock. */
export function presentClock(row: CaseRow, graph: ProcessGraph, viewer: Person, look: Look): Presented | null {
  const { holds = [], phases } = row.clock ?? {};
  const extensions = extensionsOf(row, graph);
  const limit = graph.limit ?? graph.statutory;
  if (!limit && !phases && holds.length + extensions.length === 0) return null;
  const active = row.status === 'active';
  const shown = active ? phaseOf(row) : lastStated(row);
  const terms = caseTerms(row, graph, look.calendarOf(shown), shown);
  const { promise, statutory } = terms;
  const outcome = active ? null : outcomeOf();
  return {
    held: active && isHeld(row),
    phase: active ? phaseOf(row) : null,
    phases: phases ? PHASES.map((phase) => presentPhase(phase)) : [],
    acceptedBy: phases?.acceptedBy === 'start' ? null : (phases?.acceptedBy ?? null),
    supplements: (phases?.supplements ?? []).map((each) => presentSupplement(each, row, graph, look)),
    holds: holds.map((hold) => {
      const { reason, local, basis = null, from, to, expectedDays = null, notice, ofCaller = false } = hold;
      const expected = holdDue(hold, look.calendar)?.dueAt ?? null;
      return {
        reason,
        local: local?.key ?? null,
        name: nameOfHold(hold),
        basis,
        from: instant(from),
        to: instantOrNull(to ?? row.endedAt),
        expectedDays,
        expectedAt: instantOrNull(expected),
        overdue: active && to === null && expected !== null && look.now > expected,
        notice: notice ? { number: notice.number, toldAt: instant(notice.toldAt) } : null,
        ofCaller,
      };
    }),
    extensions: extensions.map(
      ({ value, unit = null, basis = null, approvedBy = null, note = null, toldAt = null }) => ({
        value,
        unit,
        basis,
        approvedBy,
        note,
        toldAt: instantOrNull(toldAt),
      }),
    ),
    promise: statedLimit(promise, standingOf),
    statutory: statedLimit(statutory, standingOf),
    elapsed: elapsedOf(promise ?? statutory, outcome?.at ?? look.now),
    outcome: outcome && {
      ...outcome,
      at: instant(outcome.at),
      dueAt: instantOrNull(outcome.dueAt),
      statutoryAt: instantOrNull(outcome.statutoryAt),
    },
    unit: limit?.unit ?? null,
    most: longestExtension(graph, look.directory),
    jointly: isHandledJointly(graph, look.directory),
    can: {
      hold: !refuseHold(viewer, row),
      resume: !refuseResume(viewer, row),
      extend: extensions.length === 0 && !refuseExtension(viewer, row, graph, look.directory) && isExtendable(),
      notice: !isHeld(row) && !refuseNotice(viewer, row),
      answer: !refuseAnswer(viewer, row),
    },
  };

  function standingOf(terms: Terms): Bilingual | null {
    if (!active || !isHeld(row)) return null;
    return standingInWords(standingAt(terms, look.now), usualDayOf(terms.calendar));
  }

  function isExtendable(): boolean {
    const until = extendableUntil(row, graph, look.calendar);
    return until === null || look.now <= until;
  }

  function presentPhase(phase: Phase): Presented['phases'][number] {
    const dates = datesOfPhase(row, graph, look.calendar, phase);
    const { dueAt, statutoryAt } = dates;
    const brokenOff = isBrokenOff(phase);
    const endedAt = brokenOff ? row.endedAt : endOf(phase, phases!, statutoryAt);
    return {
      phase,
      startedAt: instantOrNull(phaseSpan(phase, phases!, row.clock!)?.start),
      dueAt: instantOrNull(dueAt),
      statutoryAt: instantOrNull(statutoryAt),
      provisional: active && uncertainDates(dates).promise,
      silenceAfter: instantOrNull(active && phase === 'acceptance' ? silenceWaitsUntil(row, look.now) : null),
      endedAt: instantOrNull(endedAt),
      brokenOff,
      ...keptOf(phase, phases, dates, endedAt),
    };
  }

  /** A model without milestones has one clock, which ends with the case. */
  function isBrokenOff(phase: Phase): boolean {
    if (active) return false;
    return phases ? phase === phaseOf(row) : row.status !== 'completed';
  }

  function outcomeOf() {
    const dates = phases ? datesOfPhase(row, graph, look.calendar, shown) : row;
    const { dueAt, statutoryAt } = dates;
    const at = (phases && endOf(shown!, phases, statutoryAt)) ?? row.endedAt!;
    return {
      phase: shown!,
      at,
      brokenOff: isBrokenOff(shown!),
      dueAt,
      statutoryAt,
      ...keptOf(shown!, phases, dates, at),
    };
  }
}

/** The clock whose limits are stated of a case that has ended: handling, where it began. Delivery says little of the work. */
function lastStated({ clock }: CaseRow): Phase {
  return clock?.phases && clock.phases.acceptedAt === undefined ? 'acceptance' : 'handling';
}

function presentSupplement(
  supplement: Supplement,
  row: CaseRow,
  graph: ProcessGraph,
  look: Look,
): Presented['supplements'][number] {
  const { from, to, answered, task, limit, defects, note = null, again = null, answer } = supplement;
  const due = supplementUntil(row, graph, supplement, look.calendar);
  const dated = due && { ...due, ...(limit && { dateNotes: { unit: limit.unit } }) };
  const open = row.status === 'active' && to === null;
  return {
    noticedAt: instant(from),
    until: instantOrNull(due?.dueAt),
    ...(dated ? clockOf(look, dated, { open }, look.now) : { light: null, remaining: null }),
    // once it is over nothing moves it any more
    provisional: open && (due?.provisional ?? false),
    endedAt: instantOrNull(to ?? row.endedAt),
    answered,
    acceptedInstead: isAccepted(row.clock!.phases!, supplement),
    byTask: task !== undefined,
    defects,
    note,
    again,
    answer: answer ? presentAnswer(answer) : null,
  };
}

/** The case was accepted while a notice waited for its answer: there is nothing to answer any more. A task of the process waits on. */
function isAccepted({ acceptedAt, acceptedBy }: Phases, { to, answered, task }: Supplement): boolean {
  return task === undefined && !answered && to !== null && acceptedBy === 'decision' && to === acceptedAt;
}

function presentAnswer({ note, files, remedies = [], changes = [] }: SupplementAnswer): Answer {
  return {
    note: note ?? null,
    files: files as unknown as StoredFile[],
    remedies: remedies.map((each) => ({
      defect: each.defect,
      files: each.files as unknown as StoredFile[],
      note: each.note ?? null,
    })),
    changes,
  };
}

function statedLimit(terms: Terms | undefined, standingOf: (terms: Terms) => Bilingual | null): Presented['promise'] {
  if (!terms) return null;
  const { value, unit, basis = null } = terms.limit;
  return { value, unit, basis, standing: standingOf(terms) };
}

function elapsedOf(terms: Terms | undefined, now: number): Presented['elapsed'] {
  return terms ? amountOf(elapsedAt(terms, now), terms.limit.unit, terms.calendar) : null;
}
