import type { CountedCase, MovedDate } from '../../engine/index.ts';
import type { TaskRow } from '../../engine/store/ports.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import type { Directory } from '../directory/index.ts';
import { branchClock } from './branch-clock.ts';
import { partiesOf, type Participant } from './branch-parties.ts';

/**
 * When departments have to be done with what they promised, while their clocks go on, where another calendar than `was` moves
 * that or makes it certain. What is the date of a task is told of that. Undefined: the dates of all are those of tasks.
 */
export function movedBranches(
  { row, graph, left, before, after, calendar, now }: CountedCase,
  was: WorkCalendar,
  directory: Directory,
): MovedDate[] | undefined {
  const anew = new Map(after.map((task) => [task.id, task]));
  const isOfTask = (from: number | null, to: number | null) =>
    before.some(({ id, dueAt }) => dueAt === from && anew.get(id)!.dueAt === to);
  const adding = partiesOf(row, before, graph, left).filter(addsUp);
  if (adding.length === 0) return undefined;
  return adding.flatMap((each): MovedDate[] => {
    const { party, tasks } = each;
    if (typeof party === 'string') return [];
    const dueBy = (by: WorkCalendar, dated: readonly TaskRow[]) =>
      branchClock({ row, graph, left, calendar: by }, { ...each, tasks: dated }, now);
    const { goesOn, due } = dueBy(was, tasks);
    if (!goesOn) return [];
    const { due: is } = dueBy(
      calendar,
      tasks.map(({ id }) => anew.get(id)!),
    );
    const stays = due.dueAt === is.dueAt && due.provisional === is.provisional;
    if (stays || isOfTask(due.dueAt, is.dueAt)) return [];
    const certainty = { wasProvisional: due.provisional, isProvisional: is.provisional };
    const name = directory.nameOf(party.department);
    return [{ of: 'branch', task: '', element: '', name, was: due.dueAt, is: is.dueAt, ...certainty }];
  });
}

/** It has, or had, more than one step: else its date is that of its task. */
function addsUp({ tasks, plan: { steps = [] } = {} }: Participant): boolean {
  return tasks.length > 1 || steps.length > 1 || steps.some(({ times }) => times > 1);
}
