import type { Actor, MovedDate } from '../engine.ts';
import type { JsonObject } from '../kernel/json.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, JobRow, TaskRow } from '../store/ports.ts';
import { openSupplement, supplementDue, type WorkCalendar } from '../time/index.ts';
import { act } from './act.ts';
import { clockCheckIds, type ClockCheck } from './clock-checks.ts';
import { uncertainDates } from './date-notes.ts';
import type { CaseDeps } from './deps.ts';
import { ofOtherPhase } from './due-terms.ts';
import type { CountedCase } from './house-dates.ts';
import { recount, type Recount } from './recount.ts';
import { limitedTasks, tasksOf } from './stored-tasks.ts';
import { versionsLeft } from './versions-left.ts';

/** What a count decides about a row; where none of it changes, nothing is written. */
const COUNTED = ['dueAt', 'yellowAt', 'provisional', 'statutoryAt'] as const;

export interface RecountedCase {
  readonly counted: Recount;
  /** Those of its tasks that change, and those that go by its dates. */
  readonly tasks: readonly TaskRow[];
  /** Also where only the yellow date moves. None: only what the applicant was told is kept, from now on beside the calendar. */
  readonly moved: readonly MovedDate[];
}

type Counting = Pick<CaseDeps, 'store' | 'calendar' | 'clock' | 'followUps' | 'graphOf'>;

/** Counts a case with the calendar in force; undefined where it is over or nothing of it changes. */
export async function recountCase(
  { store, calendar, clock: { now }, followUps, graphOf }: Counting,
  row: CaseRow,
  graph: ProcessGraph,
): Promise<RecountedCase | undefined> {
  if (row.status !== 'active') return undefined;
  const [all, checks] = await Promise.all([tasksOf(store, row, graph), waitingChecks(store, row)]);
  const stored = limitedTasks(all, row, graph);
  const told = keepTold(row.clock, checks, calendar);
  const after = { row: { ...row, ...(told && { clock: told }) }, graph, state: row.state };
  const sides = { before: { row, graph, tasks: stored, checks }, after };
  const counted = recount(sides, calendar, now());
  const tasks = counted.tasks.filter((task) => {
    const before = stored.get(task.id);
    return before ? differs(before, task) : task.ofCase !== undefined;
  });
  // where no calendar goes on record with the case, nothing tells next time what moved already
  const besides =
    counted.row.calendarVersion === row.calendarVersion
      ? undefined
      : await movedBesides({ followUps, graphOf }, { row, graph, before: all, calendar, now: now() }, tasks);
  const moved = [
    ...(differs(row, counted.row)
      ? movedDates({ ...ofOtherPhase(row), ...WHOLE, name: row.title }, row, counted.row)
      : []),
    ...tasks.flatMap((task) => {
      const before = stored.get(task.id);
      return before ? movedDates({ task: task.id, element: task.node, name: task.name }, before, task) : [];
    }),
    ...movedChecks(row, checks, counted),
    ...movedTimers(graph, counted),
    ...(besides ?? []),
  ];
  const stays = moved.length === 0 && counted.row.clock === row.clock && !besides;
  return stays ? undefined : { counted, tasks, moved };
}

/**
 * Writes what another calendar moves in one case, with one event that says why. False: nothing moves. Repeating it is
 * harmless: what was written once no longer differs.
 */
export async function writeRecount(deps: CaseDeps, row: CaseRow, because: JsonObject, actor: Actor): Promise<boolean> {
  const found = await recountCase(deps, row, await deps.graphOf(row.definitionId));
  if (!found) return false;
  try {
    return await act(deps, {
      caseId: row.id,
      actor,
      async decide(fresh, graph) {
        const change = fresh.rev === row.rev ? found : await recountCase(deps, fresh, graph);
        if (!change) throw unchanged(fresh.id);
        const { counted, tasks, moved } = change;
        const data: JsonObject = {
          ...because,
          calendarVersion: deps.calendar.version,
          calendarBefore: fresh.calendarVersion,
          dueDates: moved.map((date) => ({ ...date })),
        };
        return {
          state: counted.state,
          events: [...(moved.length > 0 ? [{ type: 'deadline.recounted', data }] : []), ...counted.events],
          effects: counted.effects,
          tasks,
          deadlines: counted.deadlines,
          change: { row: counted.row, lapsed: counted.lapsed },
        };
      },
      result: ({ events }) => events.length > 0,
    });
  } catch (refusal) {
    if (isRejection(refusal, 'deadline.unchanged')) return false;
    throw refusal;
  }
}

/** Of the case, not of a task. */
const WHOLE = { task: '', element: '' };

/** The checks of its clock that have not looked yet. */
async function waitingChecks(store: CaseDeps['store'], row: CaseRow): Promise<JobRow[]> {
  const jobs = await Promise.all(clockCheckIds(row).map((id) => store.findJob(id)));
  return jobs.filter((job) => job !== undefined);
}

/**
 * An applicant who was told a date has time until then, whatever the calendar says later. Older notices did not keep what they
 * told: their check has it.
 */
function keepTold(clock: CaseRow['clock'], checks: readonly JobRow[], calendar: WorkCalendar): CaseRow['clock'] {
  const open = clock?.phases && openSupplement(clock.phases);
  const check = checks.find((job) => checkOf(job) === 'supplement');
  if (!open || !check) return clock;
  const due = supplementDue(open, calendar)!.dueAt;
  const toldUntil = Math.max(due, dateOf(check));
  if (toldUntil === (open.toldUntil ?? due)) return clock;
  const supplements = clock.phases!.supplements.map((each) => (each === open ? { ...open, toldUntil } : each));
  return { ...clock, phases: { ...clock.phases!, supplements } };
}

/** The applicant's time to supplement and the expected end of a hold: they stand in no row but those of their checks. */
function movedChecks(row: CaseRow, checks: readonly JobRow[], { deadlines }: Recount): MovedDate[] {
  return checks.flatMap((job) => {
    const next = deadlines.find(({ id }) => id === job.id);
    if (!next || dateOf(next) === dateOf(job)) return [];
    const certainty = { wasProvisional: isProvisional(job), isProvisional: isProvisional(next) };
    return { ...WHOLE, of: checkOf(job), name: row.title, was: dateOf(job), is: dateOf(next), ...certainty };
  });
}

/** What it looks at; the job itself is due later where that has passed. */
const dateOf = ({ payload }: Pick<JobRow, 'payload'>) => payload.dueAt as number;
const isProvisional = ({ payload }: Pick<JobRow, 'payload'>) => payload.provisional === true;
const checkOf = ({ payload }: Pick<JobRow, 'payload'>) => payload.check as ClockCheck;

/** Timers that hang on a due date, or count working time. */
function movedTimers({ nodes }: ProcessGraph, { events }: Recount): MovedDate[] {
  return events
    .filter(({ type }) => type === 'timer.moved')
    .map(({ node, data }) => ({
      of: 'timer',
      task: '',
      element: node ?? '',
      name: nodes[node ?? '']?.name || (node ?? ''),
      was: data?.was as number,
      is: data?.is as number,
      wasProvisional: false,
      isProvisional: false,
    }));
}

/** What the house dates by the tasks of a case, of which `changed` are counted anew. */
async function movedBesides(
  { followUps: { dates }, graphOf }: Pick<Counting, 'followUps' | 'graphOf'>,
  counted: Omit<CountedCase, 'left' | 'after'>,
  changed: readonly TaskRow[],
): Promise<readonly MovedDate[] | undefined> {
  const { row, before } = counted;
  if (!dates || before.length === 0) return undefined;
  const left = await versionsLeft(row, before, graphOf);
  const anew = new Map(changed.map((task) => [task.id, task]));
  return dates.movedWith({ ...counted, left, after: before.map((task) => anew.get(task.id) ?? task) });
}

type Dates = Pick<CaseRow, (typeof COUNTED)[number] | 'dateNotes'>;

function differs(before: Dates, after: Dates): boolean {
  return promiseDiffers(before, after) || COUNTED.some((field) => (before[field] ?? null) !== after[field]);
}

function promiseDiffers(before: Dates, after: Dates): boolean {
  const certainty = uncertainDates(before).promise !== uncertainDates(after).promise;
  return certainty || before.dueAt !== after.dueAt || before.yellowAt !== after.yellowAt;
}

/**
 * The promise, also where only its warning or its certainty changes; the statutory date where it moves, or it alone turns
 * certain, or warns (of it, where nothing is promised) at another moment.
 */
function movedDates(of: Pick<MovedDate, 'of' | 'task' | 'element' | 'name'>, before: Dates, after: Dates): MovedDate[] {
  const [was, is] = [uncertainDates(before), uncertainDates(after)];
  const [lawWas, lawIs] = [before.statutoryAt ?? null, after.statutoryAt];
  const promised = before.dueAt !== null || after.dueAt !== null;
  const promise = promised && promiseDiffers(before, after);
  const law = lawWas !== lawIs || (!promise && lawIs !== null);
  const dates: MovedDate[] = [
    ...(promise || !law
      ? [{ ...of, was: before.dueAt, is: after.dueAt, wasProvisional: was.promise, isProvisional: is.promise }]
      : []),
    ...(law
      ? [
          {
            ...of,
            limit: 'statutory' as const,
            was: lawWas,
            is: lawIs,
            wasProvisional: was.statutory,
            isProvisional: is.statutory,
          },
        ]
      : []),
  ];
  // held before and after: there is no date to tell of
  return dates.filter(({ was, is }) => was !== null || is !== null);
}

function unchanged(id: string): Rejection {
  return new Rejection('conflict', 'deadline.unchanged', `Expected due dates of '${id}' to move, but they do not`, {
    case: id,
  });
}
