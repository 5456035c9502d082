import type { z } from 'zod';
import type { MovedDate as EngineMovedDate, RecountPreview, TaskRow } from '../../../engine/index.ts';
import { dayOf, type WorkCalendar } from '../../../engine/time/index.ts';
import { branchesOfCase } from '../../../processes/casework/index.ts';
import type { House } from '../../house.ts';
import { departmentReference, instantOrNull } from '../present.ts';
import type { AffectedCase, MovedDate } from './schema.ts';

type Moved = z.input<typeof MovedDate>;

/** A case that a notice moves, with every due date of it that changes; `was` and `is`: the calendars before and after. */
export async function presentAffected(
  house: House,
  { case: of, dates }: RecountPreview['affected'][number],
  calendars: { was: WorkCalendar; is: WorkCalendar },
): Promise<z.input<typeof AffectedCase>> {
  const { id, number, title } = of;
  const own = dates.map(presentMoved);
  const branches = await movedBranches(house, { id, dates }, calendars);
  // of a department with one task it is the date of that
  const others = branches.filter(({ was, is }) => !own.some((date) => date.task && date.was === was && date.is === is));
  return { case: { id, number, title }, dates: [...own, ...others] };
}

function presentMoved({ of, task, name, limit, was, is, ...certainty }: EngineMovedDate): Moved {
  return {
    of: of ?? (task === '' ? 'handling' : 'task'),
    task: task === '' ? null : task,
    name,
    limit: limit ?? 'promise',
    was: instantOrNull(was),
    is: instantOrNull(is),
    wasProvisional: certainty.wasProvisional,
    isProvisional: certainty.isProvisional,
  };
}

/** When departments have to be done with what they promised, while their clocks go on, where that moves: it is kept in no row. */
async function movedBranches(
  house: House,
  { id, dates }: { id: string; dates: readonly EngineMovedDate[] },
  { was, is }: { was: WorkCalendar; is: WorkCalendar },
) {
  const [row, tasks] = await Promise.all([house.engine.getCase(id), house.store.listTasksOfCase(id)]);
  const graph = await house.engine.getGraph(row.definitionId);
  const now = house.engine.now();
  const partiesBy = (calendar: WorkCalendar, dated: readonly TaskRow[]) =>
    branchesOfCase({ row, tasks: dated, graph, calendar, now }).parties;
  const after = partiesBy(is, datedAnew(tasks, dates));
  return partiesBy(was, tasks).flatMap(({ party, kept, due }, index): Moved[] => {
    const moved = after[index]!.due;
    if (typeof party === 'string' || kept !== null || due.dueAt === moved.dueAt) return [];
    return [
      {
        of: 'branch',
        task: null,
        name: departmentReference(house, party.department).name,
        limit: 'promise',
        was: instantOrNull(due.dueAt),
        is: instantOrNull(moved.dueAt),
        wasProvisional: uncertain(was, due.dueAt),
        isProvisional: uncertain(is, moved.dueAt),
      },
    ];
  });
}

/** What their departments are due by may be the date of one of them. */
function datedAnew(tasks: readonly TaskRow[], dates: readonly EngineMovedDate[]): readonly TaskRow[] {
  const promises = new Map(dates.filter(({ of, limit }) => !of && !limit).map(({ task, is }) => [task, is]));
  return tasks.map((task) => ({ ...task, dueAt: promises.get(task.id) ?? task.dueAt }));
}

/** 暂定: no notice covers its day. */
function uncertain(calendar: WorkCalendar, at: number | null): boolean {
  return at !== null && !calendar.coversDay(dayOf(at, calendar.utcOffsetMs));
}
