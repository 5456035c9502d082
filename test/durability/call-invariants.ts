import { groupBy } from '../../engine/kernel/group-by.ts';
import { caseOfJob, eventsOf, type Circumstances, type FinalCase, type Shapes } from './evidence.ts';

/**
 * What a node does outside the store it may have to do again when it died meanwhile, but never under another name: whoever
 * is called knows a repeated call by its key. While no node dies nothing is called twice.
 */
export function called(
  cases: readonly FinalCase[],
  shapes: Shapes,
  { calls = [], calm = false }: Circumstances,
): string[] {
  const byCase = groupBy(
    calls.map(({ key }) => key),
    caseOfJob,
  );
  return cases.flatMap((each) => {
    const { id } = each;
    const { calling } = shapes[each.process]!;
    if (calling === undefined || eventsOf(each, 'element.completed', calling).length === 0) return [];
    const keys = byCase.get(id) ?? [];
    if (keys.length === 0) return [`case ${id}: '${calling}' is done, and nobody was called`];
    const names = new Set(keys).size;
    if (names > 1) return [`case ${id}: '${calling}' called under ${names} different keys`];
    return calm && keys.length > 1 ? [`case ${id}: '${calling}' called ${keys.length} times while no node died`] : [];
  });
}
