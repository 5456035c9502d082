import { Rejection } from '../kernel/rejection.ts';
import type { Limits } from '../model/graph.ts';
import type { CaseExtension, CaseRow } from '../store/ports.ts';

/** The extensions of a case, each in the unit in which it was approved: of one that does not tell, that of the limit. */
export function extensionsOf({ clock }: Pick<CaseRow, 'clock'>, { limit, statutory }: Limits): CaseExtension[] {
  const unit = (limit ?? statutory)?.unit;
  return (clock?.extensions ?? []).map((extension) => ({ ...(unit && { unit }), ...extension }));
}

/**
 * The clock of a case that goes to another version: what was approved stays as long as it was.
 * `migration.extension_of_other_unit` (details: unit, limit): working days cannot turn into calendar days.
 */
export function keepExtensions(row: Pick<CaseRow, 'clock'>, from: Limits, to: Limits): Pick<CaseRow, 'clock'> {
  const extensions = extensionsOf(row, from);
  for (const { unit } of extensions) {
    const other = [to.limit, to.statutory].find((limit) => limit && limit.unit !== unit);
    if (!unit || !other) continue;
    throw new Rejection(
      'conflict',
      'migration.extension_of_other_unit',
      `Expected a limit in ${unit} because of the extension, but got ${other.unit}`,
      { unit, limit: other.unit },
    );
  }
  return extensions.length > 0 ? { clock: { ...row.clock!, extensions } } : {};
}
