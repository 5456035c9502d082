import type { Actor, CommandOptions, ExtendCase } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CaseRow } from '../store/ports.ts';
import { act } from './act.ts';
import { decideOnClock, refuseStopped } from './change-clock.ts';
import type { CaseDeps } from './deps.ts';
import { clockOf } from './hold-case.ts';
import { checkedReason } from './reason.ts';

/**
 * Extends the limit of a case, once, by at most `most` (行政许可法 art. 42), in the unit of the limit.
 * `case.closed`, `case.reason_missing`, `case.reason_too_long`, `clock.no_limit`, `clock.extended_already`,
 * `clock.extension_too_long` (details.most), `time.bad_extension`
 */
export async function extendCase(
  deps: CaseDeps,
  { caseId, value, most, basis, note }: ExtendCase,
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
      if (clock.extensions.length > 0)
        throw new Rejection('conflict', 'clock.extended_already', 'Expected a first extension, but there was one');
      if (value > most)
        throw new Rejection('invalid', 'clock.extension_too_long', `Expected at most ${most}, but got ${value}`, {
          most,
          value,
        });
      const extensions = [{ value, ...(basis?.trim() && { basis: basis.trim() }) }];
      const { unit } = graph.limit!;
      const data = { value, unit, note: text, ...(extensions[0]!.basis !== undefined && { basis: basis!.trim() }) };
      return decideOnClock(deps, row, graph, { ...clock, extensions }, { type: 'clock.extended', data });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}
