import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { looksAt, NEVER } from './deadlines.ts';
import type { NewEvent } from './history.ts';
import { taskNotBefore } from './not-before.ts';
import { closeOfNextWorkingDay, worksOn } from './silence.ts';

interface Side {
  readonly row: Pick<CaseRow, 'clock'>;
  readonly graph: Pick<ProcessGraph, 'nodes'>;
  readonly task: TaskRow;
}

/**
 * Until when a department may answer at least whose silence is taken for consent (视为同意): the close of the next working day,
 * where a count left it less, where its date passed while the clock stood still, or where its silence becomes consent by
 * another version; on if that day is none any more. Undefined where nothing new is given.
 */
export function consentAfter(was: Side, is: Side, calendar: WorkCalendar, now: number): number | undefined {
  const after = lookAt(is);
  if (!consents(is) || after === null) return undefined;
  const chance = closeOfNextWorkingDay(now, calendar);
  if (after >= chance) return undefined;
  if (!consents(was)) return chance;
  const before = lookAt(was) ?? NEVER;
  // what had come by then is entered, or people see to it
  if (before < now) return undefined;
  const given = is.row.clock?.consents?.find(({ task }) => task === is.task.id)?.until;
  const isLost = after === given && !worksOn(given, calendar);
  const isCut = was.task.held ? after < now : after < before;
  return isLost || isCut ? chance : undefined;
}

/** The clock in which departments may answer until then at least. */
export function withConsents(
  clock: CaseClock | undefined,
  given: readonly { task: TaskRow; until: number }[],
): CaseClock {
  const before = (clock?.consents ?? []).filter(({ task }) => given.every((each) => each.task.id !== task));
  const consents = [...before, ...given.map(({ task, until }) => ({ task: task.id, until }))];
  return { ...(clock ?? { holds: [], extensions: [] }), consents };
}

/** Whether a department answered within the time that it was left: that is in time, though its date as counted now lies before. */
export function answeredInChance(clock: CaseClock | undefined, taskId: string, answeredAt: number): boolean {
  return clock?.consents?.some(({ task, until }) => task === taskId && answeredAt <= until) ?? false;
}

/** Tells until when a consulted department may still answer. */
export function consentWaits({ id, node, token, groups, assignee }: TaskRow, until: number): NewEvent {
  return { type: 'task.consent_waits', node, token, data: { task: id, groups: [...groups], assignee, until } };
}

const consents = ({ graph, task }: Side) => graph.nodes[task.node]?.overdue?.does === 'deemedConsent';

const lookAt = ({ row, task }: Side) => looksAt({ ...task, notBefore: taskNotBefore(row, task) }, 'red');
