import type { Actor, CommandOptions, HoldCase, ResumeCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import type { Hold } from '../time/index.ts';
import { act } from './act.ts';
import { decideOnClock, refuseStopped } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';
import { checkedReason } from './reason.ts';

/**
 * Stops the clock of a case and of its open tasks from now on (特别程序, 行政许可法 art. 45). Several holds may overlap; time
 * that any of them covers is not counted. `case.closed`, `case.reason_missing`, `case.reason_too_long`, `clock.no_limit`,
 * `clock.held_already` for the same reason twice, `time.hold_without_basis`
 */
export async function holdCase(
  deps: CaseDeps,
  { caseId, reason, basis, note }: HoldCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const text = checkedReason(note);
  return act(deps, {
    caseId,
    actor,
    decide: (row, graph) => {
      refuseStopped(row, graph);
      const clock = clockOf(row);
      const running = openHold(clock, reason);
      if (running)
        throw new Rejection('conflict', 'clock.held_already', `Expected no hold for '${reason}', but there is one`, {
          reason,
          since: running.from,
        });
      const hold: Hold = { reason, from: deps.clock.now(), to: null, ...(basis?.trim() && { basis: basis.trim() }) };
      const data = { reason, note: text, ...(hold.basis !== undefined && { basis: hold.basis }) };
      return decideOnClock(deps, row, graph, { ...clock, holds: [...clock.holds, hold] }, { type: 'clock.held', data });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

/** Ends a hold: the clock runs on unless another still holds it. `case.closed`, `clock.not_held`, and of the note as above */
export async function resumeCase(
  deps: CaseDeps,
  { caseId, reason, note }: ResumeCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const text = checkedReason(note);
  return act(deps, {
    caseId,
    actor,
    decide: (row, graph) => {
      refuseStopped(row, graph);
      const clock = clockOf(row);
      const running = openHold(clock, reason);
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
      const data = { reason, note: text, since: running.from };
      return decideOnClock(deps, row, graph, { ...clock, holds }, { type: 'clock.resumed', data });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

export function clockOf({ clock }: Pick<CaseRow, 'clock'>): CaseClock {
  return clock ?? { holds: [], extensions: [] };
}

function openHold({ holds }: CaseClock, reason: Hold['reason']): Hold | undefined {
  return holds.find((hold) => hold.reason === reason && hold.to === null);
}
