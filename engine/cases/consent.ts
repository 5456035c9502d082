import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow, ConsentTime, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { deadlineId, looksAt, NEVER } from './deadlines.ts';
import type { NewEvent } from './history.ts';
import { taskNotBefore } from './not-before.ts';
import { closeOfNextWorkingDay, worksOn } from './silence.ts';

interface Side {
  readonly row: Pick<CaseRow, 'clock' | 'late'>;
  readonly graph: Pick<ProcessGraph, 'nodes'>;
  readonly task: TaskRow;
}

/**
 * What a department is left to answer at least whose silence is taken for consent (视为同意): until the close of the next working day,
 * where a count left it less, where its date passed or what it was left ran while the clock stood still, or where its silence
 * becomes consent by another version; on if that day is none any more. Undefined where nothing new is given.
 */
export function consentAfter(was: Side, is: Side, calendar: WorkCalendar, now: number): ConsentTime | undefined {
  const after = lookAt(is);
  if (!isDeemed(is) || after === null) return undefined;
  const chance = { task: is.task.id, until: closeOfNextWorkingDay(now, calendar) };
  const given = consentTimeOf(is.row.clock, is.task.id)?.until;
  // what stood still within the time that was left has that anew, and is told of it
  const runsOn = was.task.held && after === given && after > is.task.dueAt!;
  if (runsOn ? after > chance.until : after >= chance.until) return undefined;
  const { late } = was.row;
  if (!isDeemed(was)) return late?.includes(deadlineId(was.task.id, 'red')) ? { ...chance, missed: true } : chance;
  // older versions did not keep whom they had left time: whoever has not answered yet has it anew
  if (!late) return after < now ? chance : undefined;
  const before = lookAt(was) ?? NEVER;
  // what had come by then is entered, or people see to it
  if (before < now) return undefined;
  const isLost = after === given && !worksOn(given, calendar);
  const isCut = was.task.held ? after < now : after < before;
  return runsOn || isLost || isCut ? chance : undefined;
}

/** The clock in which departments may answer until then at least. */
export function withConsents(clock: CaseClock | undefined, given: readonly ConsentTime[]): CaseClock {
  const before = (clock?.consents ?? []).filter(({ task }) => given.every((each) => each.task !== task));
  return { ...(clock ?? { holds: [], extensions: [] }), consents: [...before, ...given] };
}

export function consentTimeOf(clock: CaseClock | undefined, taskId: string): ConsentTime | undefined {
  return clock?.consents?.find(({ task }) => task === taskId);
}

/** Whether a department answered within the time that it was left: that is in time, though its date as counted now lies before. */
export function answeredInChance(clock: CaseClock | undefined, taskId: string, answeredAt: number): boolean {
  const given = consentTimeOf(clock, taskId);
  return given !== undefined && !given.missed && answeredAt <= given.until;
}

/** Tells until when a consulted department may still answer. */
export function consentWaits({ id, node, token, groups, assignee }: TaskRow, until: number): NewEvent {
  return { type: 'task.consent_waits', node, token, data: { task: id, groups: [...groups], assignee, until } };
}

const isDeemed = ({ graph, task }: Side) => graph.nodes[task.node]?.overdue?.does === 'deemedConsent';

const lookAt = ({ row, graph, task }: Side) => looksAt({ ...task, notBefore: taskNotBefore(row, graph, task) }, 'red');
