import type { z } from 'zod';
import { uncertainDates, versionsLeft, type CaseRow, type TaskRow } from '../../../engine/index.ts';
import type { WorkCalendar } from '../../../engine/time/index.ts';
import {
  branchesOfCase,
  calledCases,
  isHandledJointly,
  maySeeCase,
  withCalled,
  type Branch,
  type Branches,
} from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { calendarOfCase } from '../due-dates/calendar-of.ts';
import { amountOf, departmentReference, instant, instantOrNull } from '../present.ts';
import type { CaseBranches } from './branch-schema.ts';

type Shown = z.input<typeof CaseBranches>;

/** Called cases that are counted with a case. */
const MOST_CALLED = 50;

interface CaseBranchesFound extends Branches {
  readonly calendar: WorkCalendar;
  readonly joint: boolean;
  readonly moreCalled: boolean;
  /** Ids of the called cases that `viewer` may see. */
  readonly visible: ReadonlySet<string>;
}

/** Who used how much of the time of a case so far. */
export async function getBranches(
  house: House,
  { row, tasks }: { row: CaseRow; tasks: readonly TaskRow[] },
  viewer: Person,
): Promise<CaseBranchesFound> {
  const { store } = house.engine;
  const now = house.engine.now();
  const [own, found] = await Promise.all([given(house, row, tasks, now), calledCases(store, row, MOST_CALLED + 1)]);
  const called = await Promise.all(
    found.slice(0, MOST_CALLED).map(async (each) => given(house, each, await store.listTasksOfCase(each.id), now)),
  );
  return {
    ...withCalled(branchesOfCase(own), called),
    calendar: own.calendar,
    joint: isHandledJointly(own.graph, house.directory),
    moreCalled: found.length > MOST_CALLED,
    visible: new Set(called.filter((each) => maySeeCase(viewer, each.row, each.tasks)).map((each) => each.row.id)),
  };
}

/** The same without the cases that this one called. */
export async function ownBranches(house: House, row: CaseRow, tasks: readonly TaskRow[]): Promise<Branches> {
  return branchesOfCase(await given(house, row, tasks, house.engine.now()));
}

async function given(house: House, row: CaseRow, tasks: readonly TaskRow[], now: number) {
  const graphOf = (id: string) => house.engine.getGraph(id);
  const [graph, left] = await Promise.all([graphOf(row.definitionId), versionsLeft(row, tasks, graphOf)]);
  return { row, tasks, graph, left, calendar: calendarOfCase(house, row, graph).calendar, now };
}

export function presentBranches(
  house: House,
  { calendar, joint, moreCalled, visible, used, unit, limit, parties }: CaseBranchesFound,
): Shown {
  return {
    joint,
    used: amountOf(used.value, unit, calendar),
    held: amountOf(used.held, unit, calendar),
    limit: limit === undefined ? null : amountOf(limit, unit, calendar),
    moreCalled,
    items: parties.map((branch) => presentBranch(house, branch, { calendar, visible })),
  };
}

function presentBranch(
  house: House,
  branch: Branch,
  { calendar, visible }: Pick<CaseBranchesFound, 'calendar' | 'visible'>,
): Shown['items'][number] {
  const { party, calledCase, status, light, limit, due, decisive, used, unpromised, unit, kept, share, tasks } = branch;
  return {
    party: typeof party === 'string' ? party : 'department',
    department: typeof party === 'string' ? null : departmentReference(house, party.department),
    calledCase: calledCase ? { ...calledCase, visible: visible.has(calledCase.id) } : null,
    status,
    light,
    limit: limit ? amountOf(limit.value, limit.unit, calendar) : null,
    used: amountOf(used.value, unit, calendar),
    unpromised: unpromised === undefined ? null : amountOf(unpromised, unit, calendar),
    held: amountOf(used.held, unit, calendar),
    kept,
    dueAt: instantOrNull(due.dueAt),
    decisiveStep: decisive ? { id: decisive.id, name: decisive.name } : null,
    provisional: due.dueAt !== null && due.provisional,
    officeTime: used.officeTime,
    share,
    tasks: tasks.map((task) => ({
      id: task.id,
      name: task.name,
      from: instant(task.createdAt),
      to: instantOrNull(task.endedAt),
      dueAt: instantOrNull(task.dueAt),
      provisional: uncertainDates(task).promise,
    })),
  };
}
