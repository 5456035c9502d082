import type { Node } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { deadlineId, type NotBefore } from './deadlines.ts';
import { isHeld, phaseOf } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { closeOfNextWorkingDay, hasPassed } from './silence.ts';

type Limited = Pick<TaskRow, 'id' | 'node' | 'token' | 'groups' | 'assignee' | 'dueAt' | 'statutoryAt'>;

/** Of the whole case: while silence waits for the office nobody is told that it is late, unless a sooner promise had passed. */
export function caseNotBefore(row: Pick<CaseRow, 'clock'>): NotBefore | undefined {
  const until = silenceAfter(row);
  if (until === undefined) return undefined;
  return { deepRed: until, ...(!row.clock?.phases?.promiseMissed && { red: until }) };
}

/** Checks of its tasks that had come before silence began to wait: what is late then is late. */
export function stepsMissed(tasks: readonly Limited[], now: number): string[] {
  return tasks.flatMap(({ id, dueAt, statutoryAt = null }) => [
    ...(hasPassed(dueAt, now) ? [deadlineId(id, 'red')] : []),
    ...(hasPassed(statutoryAt, now) ? [deadlineId(id, 'deepRed')] : []),
  ]);
}

/** Of one of its tasks: likewise. `consentAfter`: nor does silence consent (视为同意) sooner. */
export function taskNotBefore(
  row: Pick<CaseRow, 'clock'>,
  task: Pick<TaskRow, 'id'>,
  consentAfter: number | undefined,
): NotBefore {
  const until = silenceAfter(row);
  const missed = row.clock?.phases?.stepsMissed ?? [];
  const unlessMissed = (light: 'red' | 'deepRed') => (missed.includes(deadlineId(task.id, light)) ? undefined : until);
  return { red: later(consentAfter, unlessMissed('red')), deepRed: unlessMissed('deepRed') };
}

interface Two {
  readonly row: Pick<CaseRow, 'clock'>;
  readonly task: Limited;
}

/**
 * Until when a department may answer at least whose silence is taken for consent: the close of the next working day, where
 * a count left it less, or its case runs on with a date that passed while it stood still. Nobody consents meanwhile.
 */
export function consentAfter(was: Two, is: Two, node: Node, calendar: WorkCalendar, now: number): number | undefined {
  const [before, after] = [was.task.dueAt, is.task.dueAt];
  if (node.overdue?.does !== 'deemedConsent' || isHeld(is.row) || after === null) return undefined;
  const chance = closeOfNextWorkingDay(now, calendar);
  if (after >= chance) return undefined;
  if (isHeld(was.row)) return after < now ? chance : undefined;
  return before !== null && (after < before || (after !== before && before < now)) ? chance : undefined;
}

/** Tells until when a consulted department may still answer. */
export function consentWaits({ id, node, token, groups, assignee }: Limited, until: number): NewEvent {
  return { type: 'task.consent_waits', node, token, data: { task: id, groups: [...groups], assignee, until } };
}

function silenceAfter(row: Pick<CaseRow, 'clock'>): number | undefined {
  return phaseOf(row) === 'acceptance' ? row.clock?.phases?.silenceAfter : undefined;
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
