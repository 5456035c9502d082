import type { Node } from '../model/graph.ts';
import type { CaseClock, CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import { deadlineId, type Watched } from './deadlines.ts';
import { isHeld, phaseOf } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { closeOfNextWorkingDay, worksOn } from './silence.ts';

type Clocked = Pick<CaseRow, 'clock'>;

/**
 * Until when nobody is called late of these dates (ms), though they have passed: while the clock stands still (Infinity), while
 * silence waits for the office, while a department may still answer whose silence is consent. Undefined: it waits for nothing.
 */
export function excusedUntil(row: Clocked, { id }: Pick<Watched, 'id'>, now: number): number | undefined {
  if (isHeld(row)) return Infinity;
  const { phases, consents } = row.clock ?? {};
  const silence = phaseOf(row) === 'acceptance' ? phases?.silenceAfter : undefined;
  const until = Math.max(silence ?? -Infinity, consents?.[id] ?? -Infinity);
  return until >= now ? until : undefined;
}

/** A check came while nobody was late: it looks again, and is not taken for done. */
export function withPutOff(clock: CaseClock | undefined, check: string): CaseClock {
  return { ...(clock ?? { holds: [], extensions: [] }), putOff: [...(clock?.putOff ?? []), check] };
}

/** It looked. */
export function withoutPutOff(clock: CaseClock, check: string): CaseClock {
  const { putOff: all = [], ...others } = clock;
  const putOff = all.filter((each) => each !== check);
  return { ...others, ...(putOff.length > 0 && { putOff }) };
}

export function isPutOff({ clock }: Clocked, of: string, light: 'red' | 'deepRed'): boolean {
  return clock?.putOff?.includes(deadlineId(of, light)) ?? false;
}

interface Side {
  readonly row: Clocked;
  readonly task: Pick<TaskRow, 'id' | 'dueAt'>;
}

/**
 * Until when a department may still answer whose silence is taken for consent (视为同意): until the close of the next working
 * day, where a count left it less, or its date passed while the clock stood still; on if that day is none any more.
 */
export function consentAfter(was: Side, is: Side, node: Node, calendar: WorkCalendar, now: number): number | undefined {
  if (node.overdue?.does !== 'deemedConsent') return undefined;
  const before = was.row.clock?.consents?.[is.task.id] ?? -Infinity;
  const after = is.task.dueAt;
  if (isHeld(is.row)) return before >= now ? before : undefined;
  const soon = closeOfNextWorkingDay(now, calendar);
  if (after === null || after >= soon) return undefined;
  if (before >= now) return worksOn(before, calendar) ? before : soon;
  const isCutShort = !isHeld(was.row) && was.task.dueAt !== null && was.task.dueAt >= now && after < was.task.dueAt;
  return isCutShort || isPutOff(was.row, is.task.id, 'red') ? soon : undefined;
}

/** Tells until when a consulted department may still answer. */
export function consentWaits(task: TaskRow, until: number): NewEvent {
  const { id, node, token, groups, assignee } = task;
  return { type: 'task.consent_waits', node, token, data: { task: id, groups: [...groups], assignee, until } };
}
