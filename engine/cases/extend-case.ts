import type { Actor, CommandOptions, ExtendCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Limit } from '../model/graph.ts';
import type { CaseClock, CaseRow } from '../store/ports.ts';
import { basisOf, changeClock } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';

/**
 * Extends the limit of a case, once, by at most `most` (行政许可法 art. 42), in the unit of the limit. Refuses as
 * `changeClock`, `clock.extended_already`, `clock.extension_too_long` (details.most), `time.bad_extension`
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
  const change = (clock: CaseClock, { unit }: Limit) => {
    if (clock.extensions.length > 0)
      throw new Rejection('conflict', 'clock.extended_already', 'Expected a first extension, but there was one');
    if (value > most)
      throw new Rejection('invalid', 'clock.extension_too_long', `Expected at most ${most}, but got ${value}`, {
        most,
        value,
      });
    return {
      clock: { ...clock, extensions: [{ value, ...basis, ...approval, note: note.trim(), toldAt: deps.clock.now() }] },
      type: 'clock.extended' as const,
      data: { value, unit, ...basis, ...approval },
    };
  };
  return changeClock(deps, extend, actor, change, options);
}
