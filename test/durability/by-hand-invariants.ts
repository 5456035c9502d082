import { eventsOf, type FinalCase, type Shape } from './evidence.ts';
import { otherwise } from './otherwise.ts';

interface Move {
  readonly from?: { readonly id: string };
  readonly to?: { readonly id: string };
  readonly count: number;
}

/**
 * Where people say by hand what is done: each task begins as often as the process or somebody led to it, is cancelled as
 * often as somebody took it away, and the page of the case shows every one of them as it ended.
 */
export function doneByHand(final: FinalCase, { line = [], choices = {} }: Shape): string[] {
  return [
    ...movedAsTold(final, line),
    ...Object.entries(choices).flatMap(([element, activities]) => chosenAsTold(final, element, activities)),
    ...[...line, ...Object.values(choices).flat()].flatMap((task) => shownAsTold(final, task)),
  ];
}

function movedAsTold(final: FinalCase, line: readonly string[]): string[] {
  const modified = final.history.filter(({ type }) => type === 'case.modified');
  const moves = modified.flatMap(({ data }) => data.operations as readonly Move[]);
  const times = (where: (move: Move) => { readonly id: string } | undefined, task: string) =>
    moves.reduce((sum, move) => sum + (where(move)?.id === task ? move.count : 0), 0);
  return line.flatMap((task, index) => {
    const before = index === 0 ? 1 : eventsOf(final, 'element.completed', line[index - 1]!).length;
    const begun = eventsOf(final, 'element.entered', task).length;
    const cancelled = eventsOf(final, 'element.cancelled', task).length;
    return [
      ...otherwise(`case ${final.id} came to '${task}' otherwise`, before + times(({ to }) => to, task), begun),
      ...otherwise(
        `case ${final.id} was taken from '${task}' otherwise`,
        times(({ from }) => from, task),
        cancelled,
      ),
    ];
  });
}

/** Nothing is chosen when they have said that it is enough. */
function chosenAsTold(final: FinalCase, element: string, activities: readonly string[]): string[] {
  const chosen = eventsOf(final, 'ad_hoc.chosen', element);
  const end = eventsOf(final, 'ad_hoc.ending', element)[0]?.seq ?? Infinity;
  const named = chosen.flatMap(({ data }) => data.activities as readonly string[]);
  return [
    ...activities.flatMap((task) => {
      const times = named.filter((each) => each === task).length;
      const begun = eventsOf(final, 'element.entered', task).length;
      return otherwise(`case ${final.id} began '${task}' otherwise than it was chosen`, times, begun);
    }),
    ...chosen
      .filter(({ seq }) => seq > end)
      .map(() => `case ${final.id}: something was chosen in '${element}' after its end`),
  ];
}

/** How many of a task were completed and cancelled: the rest has not ended. */
function shownAsTold(final: FinalCase, task: string): string[] {
  const count = (type: string) => eventsOf(final, type, task).length;
  const rows = final.tasks.filter(({ node }) => node === task);
  const shown = (wanted: string) => rows.filter(({ status }) => status === wanted).length;
  return otherwise(
    `case ${final.id} shows other tasks '${task}' (all, completed, cancelled)`,
    [count('element.entered'), count('task.completed'), count('element.cancelled')],
    [rows.length, shown('completed'), shown('cancelled')],
  );
}
