import type { Limit, Milestone, PhaseLimits } from '../model/graph.ts';
import type { WorkCalendar } from './calendar.ts';
import { dueDate, type KnownDueDate } from './due-date.ts';
import type { Extension, Hold, Terms } from './terms.ts';

/** 受理审查、办理、送达: the three clocks of a case, one after the other. */
export const PHASES = ['acceptance', 'handling', 'delivery'] as const;
export type Phase = (typeof PHASES)[number];

/** Time that is the applicant's: 补正. Instants in ms. */
export interface SupplementTime {
  readonly from: number;
  /** null: the applicant has not answered yet. */
  readonly to: number | null;
  /** The applicant handed in what was missing at `to`: the review began anew. False where it went on without an answer. */
  readonly answered: boolean;
  /** The applicant's own; absent where the process model has a timer of its own. */
  readonly limit?: Limit;
  /** What the applicant was told last: another calendar may give them more time, never less. Older ones do not tell. */
  readonly toldUntil?: number;
}

/** How far a case has come. A milestone that was reached stays reached. */
export interface Phases {
  /** The clock that runs; null: none does any more. */
  readonly now: Phase | null;
  /** When the application was received. */
  readonly receivedAt: number;
  /** In the order of time. */
  readonly supplements: readonly SupplementTime[];
  readonly acceptedAt?: number;
  /** `start`: the model does not say when a case is accepted. */
  readonly acceptedBy?: 'decision' | 'silence' | 'start';
  /** Until when the office may still speak, where another count brought the end of the review nearer than the next working day. */
  readonly silenceAfter?: number;
  /** A sooner promise of the review had passed before that, which no count makes good. */
  readonly promiseMissed?: true;
  /** So had these limits of its steps, as their checks are called. */
  readonly stepsMissed?: readonly string[];
  readonly notAcceptedAt?: number;
  /** 退件: what was missing did not come in time. */
  readonly returnedAt?: number;
  readonly decidedAt?: number;
  readonly deliveredAt?: number;
}

/** What reaching a milestone did; `late`: refused although the case is accepted already. */
export interface Passed {
  readonly milestone: Milestone;
  readonly late?: true;
}

export function beginPhases(
  { acceptance }: PhaseLimits,
  receivedAt: number,
): Phases & { readonly supplements: readonly never[] } {
  if (acceptance) return { now: 'acceptance', receivedAt, supplements: [] };
  return { now: 'handling', receivedAt, supplements: [], acceptedAt: receivedAt, acceptedBy: 'start' };
}

/** From when the acceptance review counts: the receipt of the application, or of the last answer (行政许可法 art. 32). */
export function reviewedFrom(phases: Pick<Phases, 'receivedAt' | 'supplements'>): number {
  return begunAnew(phases, phases.receivedAt).start;
}

/** From when work on the application counts that began at `since`: the last answer of the applicant after that begins it anew. */
export function begunAnew({ supplements }: Pick<Phases, 'supplements'>, since: number): Pick<Terms, 'start' | 'anew'> {
  const answer = supplements.findLast(({ answered, to }) => answered && to! > since);
  return answer ? { start: answer.to!, anew: { since, noticedAt: answer.from } } : { start: since };
}

/**
 * A milestone is reached at `at`. Those that lie before it are reached with it: who decides at once has accepted. What was
 * reached before, or comes too late, changes nothing; a refusal to accept after acceptance is told as `late`.
 */
export function reach<P extends Phases>(phases: P, milestone: Milestone, at: number): { phases: P; passed: Passed[] } {
  if (milestone === 'notAccepted') {
    if (phases.now !== 'acceptance') {
      const late = phases.acceptedAt !== undefined;
      return { phases, passed: late ? [{ milestone, late: true }] : [] };
    }
    return { phases: { ...withoutSupplement(phases, at), now: null, notAcceptedAt: at }, passed: [{ milestone }] };
  }
  let next = phases;
  const passed: Passed[] = [];
  for (const each of ['accepted', 'decided', 'delivered'] as const) {
    const reached = takeOne(next, each, at);
    if (reached !== next) passed.push({ milestone: each });
    next = reached;
    if (each === milestone) break;
  }
  return { phases: next, passed };
}

function takeOne<P extends Phases>(phases: P, milestone: 'accepted' | 'decided' | 'delivered', at: number): P {
  switch (milestone) {
    case 'accepted':
      if (phases.now !== 'acceptance') return phases;
      return { ...withoutSupplement(phases, at), now: 'handling', acceptedAt: at, acceptedBy: 'decision' };
    case 'decided':
      return phases.now === 'handling' ? { ...phases, now: 'delivery', decidedAt: at } : phases;
    case 'delivered':
      return phases.now === 'delivery' ? { ...phases, now: null, deliveredAt: at } : phases;
  }
}

/**
 * Nobody told the applicant anything in time: accepted from the day of receipt on (行政许可法 art. 32.1(4)). Handling began
 * then, not when the silence showed.
 */
export function acceptBySilence<P extends Phases>(phases: P): P {
  return { ...phases, now: 'handling', acceptedAt: reviewedFrom(phases), acceptedBy: 'silence' };
}

/** The applicant's time has begun and has not ended. */
export function openSupplement<S extends SupplementTime>({
  supplements,
}: {
  readonly supplements: readonly S[];
}): S | undefined {
  return supplements.find(({ to }) => to === null);
}

/** The supplement that is open ends at `to`; once it is answered the review begins anew, with the whole of its limit. */
export function endSupplement<P extends Phases>(phases: P, to: number, answered: boolean): P {
  const supplements = phases.supplements.map((each) => (each.to === null ? { ...each, to, answered } : each));
  if (!answered) return { ...phases, supplements };
  const { silenceAfter: _until, promiseMissed: _missed, stepsMissed: _steps, ...anew } = phases;
  return { ...(anew as P), supplements };
}

/** 退件: the applicant's time is over, and the review, which stood still for it, never went on. */
export function returnUnanswered<P extends Phases>(phases: P, at: number): P {
  return { ...phases, now: null, returnedAt: at };
}

/** Decided meanwhile: what is open is over, and nothing was answered. */
function withoutSupplement<P extends Phases>(phases: P, at: number): P {
  return openSupplement(phases) ? endSupplement(phases, at, false) : phases;
}

/** What the clock of a phase counts from, and what of it does not count; undefined where it has not begun. */
export function phaseSpan(
  phase: Phase,
  phases: Phases,
  clock: { readonly holds: readonly Hold[]; readonly extensions: readonly Extension[] },
): Pick<Terms, 'start' | 'anew' | 'acceptedBy' | 'holds' | 'extensions'> | undefined {
  switch (phase) {
    case 'acceptance': {
      if (phases.acceptedBy === 'start') return undefined;
      const begun = begunAnew(phases, phases.receivedAt);
      return { ...begun, holds: supplementHolds(phases, begun.start) };
    }
    case 'handling': {
      const { acceptedAt: start, acceptedBy } = phases;
      if (start === undefined) return undefined;
      const { extensions } = clock;
      const holds = heldUntil(clock.holds, phases.decidedAt);
      const silence = acceptedBy === 'silence' && { ...begunAnew(phases, phases.receivedAt), acceptedBy };
      return { start, ...silence, holds, extensions };
    }
    case 'delivery':
      return phases.decidedAt === undefined ? undefined : { start: phases.decidedAt };
  }
}

/** What of the holds lies before the decision: one that goes on is of the case that called this one. */
function heldUntil(holds: readonly Hold[], decidedAt = Infinity): readonly Hold[] {
  return holds
    .filter(({ from }) => from < decidedAt)
    .map((hold) => ((hold.to ?? Infinity) > decidedAt ? { ...hold, to: decidedAt } : hold));
}

/** The applicant's time after `since`, as time that does not count. */
export function supplementHolds({ supplements }: Pick<Phases, 'supplements'>, since: number): Hold[] {
  return supplements
    .filter(({ from, to }) => from >= since && to !== from)
    .map(({ from, to }) => ({ reason: 'supplement', from, to }));
}

/**
 * Until when the applicant has time, at least as they were told, and once it has ended just so; undefined where the process
 * model has a timer of its own.
 */
export function supplementDue(
  { from, to, limit, toldUntil }: Pick<SupplementTime, 'from' | 'to' | 'limit' | 'toldUntil'>,
  calendar: WorkCalendar,
): KnownDueDate | undefined {
  if (!limit) return undefined;
  const due = dueDate({ start: from, limit, calendar });
  if (toldUntil === undefined) return due;
  return { ...due, dueAt: to === null ? Math.max(due.dueAt, toldUntil) : toldUntil };
}

interface ExpectedHold {
  readonly from: number;
  readonly expectedDays?: number;
}

/** The time that a hold was expected to take. Undefined where nobody said. */
export function holdTerms(
  { from, expectedDays }: ExpectedHold,
  calendar: WorkCalendar,
): Omit<Terms, 'holds' | 'warning'> | undefined {
  return expectedDays === undefined
    ? undefined
    : { start: from, limit: { value: expectedDays, unit: 'workingDays' }, calendar };
}

/** When a hold was expected to be over: so many working days after it began. Undefined where nobody said. */
export function holdDue(hold: ExpectedHold, calendar: WorkCalendar): KnownDueDate | undefined {
  const terms = holdTerms(hold, calendar);
  return terms && dueDate(terms);
}
