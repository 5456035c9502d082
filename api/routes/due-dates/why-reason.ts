import { datesOfPhase, phaseOf, type CaseRow, type TaskRow } from '../../../engine/index.ts';
import { PHASES, type Phase } from '../../../engine/time/index.ts';
import type { OverdueReason } from '../../../processes/supervision/index.ts';
import type { House } from '../../house.ts';
import { instant } from '../present.ts';
import { calendarOfCase } from './calendar-of.ts';
import { noDueDate, whyCaseDue, whyTaskDue, type Asked, type Reason } from './why.ts';

/** What may be overdue: a task, or a clock of the case. */
interface Clock {
  readonly dates: Partial<Pick<CaseRow, 'dueAt' | 'statutoryAt'>>;
  readonly why: (asked?: Asked) => Promise<Reason>;
}

/**
 * Why the date that passed, and of which a public reason is asked, was that one: of the clock that has it (where several do and
 * the request does not tell, of the one that runs, or the handling), or where it has moved since, of how that clock stands now,
 * held too, which then does not agree. `due_date.none`
 */
export async function whyReasonDue(
  house: House,
  { row, tasks }: { row: CaseRow; tasks: readonly TaskRow[] },
  { id, node, token, of, dueAt }: OverdueReason,
): Promise<Reason> {
  // by its token: another version may have renamed the step, and a step may be done more than once
  const isOf = (task: TaskRow) => (token === undefined ? task.node === node : task.token === token);
  const ofTask = (task: TaskRow): Clock => ({ dates: task, why: (asked) => whyTaskDue(house, task, asked) });
  const clocks =
    node === '' ? await clocksOf(house, row, of ?? phaseOf(row) ?? 'handling') : tasks.filter(isOf).map(ofTask);
  const passed = clocks.findLast(({ dates }) => dates.dueAt === dueAt || dates.statutoryAt === dueAt);
  if (passed) return passed.why(passed.dates.dueAt === dueAt ? 'promise' : 'statutory');
  const moved = clocks.at(-1);
  if (!moved) throw noDueDate(id);
  return { ...(await moved.why()), recordedAt: instant(dueAt), agrees: false };
}

/** `asked`: comes last. */
async function clocksOf(house: House, row: CaseRow, asked: Phase): Promise<Clock[]> {
  const graph = await house.engine.getGraph(row.definitionId);
  const { calendar } = calendarOfCase(house, row, graph);
  const others = row.clock?.phases ? PHASES.filter((phase) => phase !== asked) : [];
  return [...others, asked].map((phase) => ({
    dates: phase === phaseOf(row) ? row : datesOfPhase(row, graph, calendar, phase),
    why: (asked) => whyCaseDue(house, row, asked, phase),
  }));
}
