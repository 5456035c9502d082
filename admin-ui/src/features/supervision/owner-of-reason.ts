import type { CaseDetail, OverdueReason } from '../../shared/contract.ts';
import type { Owner } from '../due-date/calls.ts';

/** Whose ledger counts the date for which a reason is asked; null where that date has moved since. */
export function ownerOfReason({ element, dueAt }: OverdueReason, of: CaseDetail): Owner | null {
  if (element) {
    const task = of.tasks.find((each) => each.element === element.id && each.dueAt === dueAt);
    return task ? { task: task.id } : null;
  }
  const phase = of.clock?.phases.find((each) => each.dueAt === dueAt)?.phase;
  if (phase) return { case: of.id, phase };
  return of.dueAt === dueAt ? { case: of.id } : null;
}
