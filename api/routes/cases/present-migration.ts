import type { PlannedElement as Planned } from '../../../engine/index.ts';
import { presentRemark } from './present-remark.ts';

/** A plan's element in words; `tokens` of the case that is looked at. */
export function presentPlanned({ undone: _undone, problems, notes, ...planned }: Planned, tokens: number) {
  const inWords = presentRemark('migration');
  return { ...planned, tokens, problems: problems.map(inWords), notes: notes.map(inWords) };
}
