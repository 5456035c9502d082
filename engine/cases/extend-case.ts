import type { Actor, CommandOptions, ExtendCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import { basisOf, changeClock, handlingLimit, type Handled } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';
import { extendableUntil } from './due-terms.ts';

/**
 * Extends the limit of a case, once, by at most `most` (行政许可法 art. 42), in the unit of the limit, while
 * the statutory limit, without one the promise, has not passed. Refuses as `changeClock`, `clock.no_limit`, `clock.extended_already`,
 * `clock.limit_passed` (details.until), `clock.extension_too_long` (details.most), `time.bad_extension`
 */
export async function extendCase(
  deps: CaseDeps,
  extend: ExtendCase,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { value, most, note } = extend;
  const basis = basisOf(extend);
  const approvedBy = extend.approvedBy?.trim();
  const approval: { approvedBy?: string } = approvedBy ? { approvedBy } : {};
  const change = (clock: CaseClock, { row, graph }: Handled) => {
    const { unit } = handlingLimit(graph);
    const now = deps.clock.now();
    if (clock.extensions.length > 0)
      throw new Rejection('conflict', 'clock.extended_already', 'Expected a first extension, but there was one');
    const until = extendableUntil(row, graph, deps.calendar);
    if (until !== null && now > until)
      throw new Rejection('conflict', 'clock.limit_passed', 'Expected a limit that runs, but it has passed', { until });
    if (value > most)
      throw new Rejection('invalid', 'clock.extension_too_long', `Expected at most ${most}, but got ${value}`, {
        most,
        value,
      });
    return {
      clock: { ...clock, extensions: [{ value, unit, ...basis, ...approval, note: note.trim(), toldAt: now }] },
      type: 'clock.extended' as const,
      data: { value, unit, ...basis, ...approval },
    };
  };
  return changeClock(deps, extend, actor, change, options);
}
