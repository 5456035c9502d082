import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, TaskRow } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import type { NotBefore } from './deadlines.ts';
import { phaseOf } from './due-terms.ts';
import type { NewEvent } from './history.ts';
import { closeOfNextWorkingDay } from './silence.ts';

type Limited = Pick<TaskRow, 'id' | 'node' | 'token' | 'groups' | 'assignee' | 'dueAt' | 'statutoryAt'>;

/** Of the whole case: while silence waits for the office nobody is told that it is late, unless a sooner promise had passed. */
export function caseNotBefore(row: Pick<CaseRow, 'clock'>): NotBefore | undefined {
  const until = silenceAfter(row);
  if (until === undefined) return undefined;
  return { deepRed: until, ...(!row.clock?.phases?.promiseMissed && { red: until }) };
}

/**
 * Of one of its tasks that a count moved: likewise what had not passed before. `consentAfter`: nor does silence consent
 * (视为同意) sooner, where the count left less than the next working day to answer.
 */
export function taskNotBefore(
  row: Pick<CaseRow, 'clock'>,
  was: Limited,
  is: Limited,
  { graph, calendar, now }: { graph: ProcessGraph; calendar: WorkCalendar; now: number },
): { notBefore: NotBefore; consentAfter: number | undefined } {
  const until = silenceAfter(row);
  const chance = closeOfNextWorkingDay(now, calendar);
  const consents = graph.nodes[is.node]?.overdue?.does === 'deemedConsent';
  const consentAfter = consents && isCutShort(was.dueAt, is.dueAt, chance, now) ? chance : undefined;
  const red = later(consentAfter, movedOn(was.dueAt, is.dueAt, now) ? until : undefined);
  const deepRed = movedOn(was.statutoryAt ?? null, is.statutoryAt ?? null, now) ? until : undefined;
  return { notBefore: { red, deepRed }, consentAfter };
}

/** Tells until when a consulted department may still answer. */
export function consentWaits({ id, node, token, groups, assignee }: Limited, until: number): NewEvent {
  return { type: 'task.consent_waits', node, token, data: { task: id, groups: [...groups], assignee, until } };
}

function silenceAfter(row: Pick<CaseRow, 'clock'>): number | undefined {
  return phaseOf(row) === 'acceptance' ? row.clock?.phases?.silenceAfter : undefined;
}

/** It moved, and had not passed. */
function movedOn(was: number | null, is: number | null, now: number): boolean {
  return was !== is && (was === null || was >= now);
}

/** Its time is as good as over, which it was not; what had run out and is still asked for was given time before. */
function isCutShort(was: number | null, is: number | null, chance: number, now: number): boolean {
  return was !== null && is !== null && is < chance && (is < was || (is !== was && was < now));
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
