import type { Actor, CommandOptions, HoldCase, ResumeCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import type { Hold } from '../time/index.ts';
import { basisOf, changeClock } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';

/**
 * Stops the clock of a case and of its open tasks from now on (特别程序, 行政许可法 art. 45). Several holds may overlap; time
 * that any of them covers is not counted. Refuses as `changeClock`, `clock.held_already` for the same reason twice,
 * `time.hold_without_basis`
 */
export async function holdCase(
  deps: CaseDeps,
  hold: HoldCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { reason } = hold;
  const basis = basisOf(hold);
  const change = (clock: CaseClock) => {
    const running = openHold(clock, reason);
    if (running)
      throw new Rejection('conflict', 'clock.held_already', `Expected no hold for '${reason}', but there is one`, {
        reason,
        since: running.from,
      });
    const begun: Hold = { reason, from: deps.clock.now(), to: null, ...basis };
    return {
      clock: { ...clock, holds: [...clock.holds, begun] },
      type: 'clock.held' as const,
      data: { reason, ...basis },
    };
  };
  return changeClock(deps, hold, actor, change, options);
}

/** Ends a hold: the clock runs on unless another still holds it. Refuses as `changeClock`, `clock.not_held` */
export async function resumeCase(
  deps: CaseDeps,
  resume: ResumeCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { reason } = resume;
  const change = (clock: CaseClock) => {
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
    return { clock: { ...clock, holds }, type: 'clock.resumed' as const, data: { reason, since: running.from } };
  };
  return changeClock(deps, resume, actor, change, options);
}

function openHold({ holds }: CaseClock, reason: Hold['reason']): Hold | undefined {
  return holds.find((hold) => hold.reason === reason && hold.to === null);
}
