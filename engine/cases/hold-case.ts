import type { Actor, CommandOptions, HoldCase, ResumeCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseClock, CaseHold, CaseRow } from '../store/ports.ts';
import { holdDue, type HoldReason } from '../time/index.ts';
import { basisOf, changeClock, handlingLimit, type Handled } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';

/** The eight reasons of the law, and that the time needed is told in writing. */
const BASIS = '《行政许可法》第四十五条';
const MOST_DAYS = 365;

/**
 * Stops the clock of a case and of its open tasks from now on (特别程序, 行政许可法 art. 45). Several holds may overlap; time
 * that any of them covers is not counted. It does not end by itself: `expectedDays` after it began the history says so.
 * Refuses as `changeClock`, `clock.no_limit`, `clock.held_already` for the same reason twice, `clock.bad_expected_days`, `clock.no_notice`,
 * `time.hold_without_basis`
 */
export async function holdCase(
  deps: CaseDeps,
  hold: HoldCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { reason, expectedDays } = hold;
  const local = reason === 'local' && hold.local && { local: { ...hold.local } };
  const given = basisOf(hold);
  const basis = reason === 'local' ? given : { basis: given.basis ?? BASIS };
  refuseBadExpectation(expectedDays);
  const number = numberOf(hold);
  const change = (clock: CaseClock, { graph }: Handled) => {
    handlingLimit(graph);
    const running = openHold(clock, hold.reason, hold.local?.key);
    if (running)
      throw new Rejection('conflict', 'clock.held_already', `Expected no hold for '${reason}', but there is one`, {
        reason,
        since: running.from,
      });
    const now = deps.clock.now();
    const notice = { number, toldAt: hold.notice.toldAt ?? now };
    const begun: CaseHold = { reason, ...(local || {}), from: now, to: null, ...basis, expectedDays, notice };
    const { dueAt } = holdDue(begun, deps.calendar)!;
    return {
      clock: { ...clock, holds: [...clock.holds, begun] },
      type: 'clock.held' as const,
      data: { reason, ...(local || {}), ...basis, expectedDays, expectedAt: dueAt, notice },
    };
  };
  return changeClock(deps, hold, actor, change, options);
}

/**
 * Ends a hold: the clock runs on unless another still holds it. Also where the case was taken to a version without limits
 * meanwhile: its tasks are held too. Refuses as `changeClock`, `clock.not_held`, `clock.held_by_caller`: it ends with that of
 * the calling case
 */
export async function resumeCase(
  deps: CaseDeps,
  resume: ResumeCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { reason } = resume;
  const change = (clock: CaseClock) => {
    const running = openHold(clock, reason, resume.local);
    if (!running && clock.holds.some((hold) => hold.ofCaller && isOpen(hold, reason, resume.local)))
      throw new Rejection('conflict', 'clock.held_by_caller', `Expected a hold of this case, but its caller is held`, {
        reason,
      });
    if (!running)
      throw new Rejection('conflict', 'clock.not_held', `Expected a hold for '${reason}', but there is none`, {
        reason,
      });
    const now = deps.clock.now();
    // begun and ended in the same moment: nothing was held
    const holds = clock.holds.flatMap((hold) => {
      if (hold !== running) return [hold];
      return now > hold.from ? [{ ...hold, to: now }] : [];
    });
    const data = { reason, ...(running.local && { local: running.local }), since: running.from };
    const type = holds.some(({ to }) => to === null) ? 'clock.hold_ended' : 'clock.resumed';
    return { clock: { ...clock, holds }, type, data } as const;
  };
  return changeClock(deps, resume, actor, change, options);
}

function openHold({ holds }: CaseClock, reason: HoldReason, local: string | undefined): CaseHold | undefined {
  return holds.find((hold) => !hold.ofCaller && isOpen(hold, reason, local));
}

function isOpen(hold: CaseHold, reason: HoldReason, local: string | undefined): boolean {
  return hold.reason === reason && hold.local?.key === local && hold.to === null;
}

/** `clock.bad_expected_days`: the applicant has to be told how long it takes. */
function refuseBadExpectation(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return;
  throw new Rejection(
    'invalid',
    'clock.bad_expected_days',
    `Expected 1 to ${MOST_DAYS} working days, but got ${days}`,
    {
      most: MOST_DAYS,
    },
  );
}

/** `clock.no_notice`: the applicant has to be told in writing. */
function numberOf({ notice }: HoldCase): string {
  const number = notice.number.trim();
  if (number !== '') return number;
  throw new Rejection('invalid', 'clock.no_notice', 'Expected the number of a written notice, but there is none');
}
