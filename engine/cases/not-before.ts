import type { CaseClock, CaseRow, TaskRow } from '../store/ports.ts';
import { deadlineId, NEVER, type Late, type NotBefore } from './deadlines.ts';
import { isHeld, phaseOf } from './due-terms.ts';

type Clocked = Pick<CaseRow, 'clock'>;

/** Of the whole case: while silence waits for the office, but for a sooner promise that had passed before. */
export function caseNotBefore(row: Clocked): NotBefore {
  const until = chanceOf(row, silenceAfter(row), isHeld(row));
  if (until === undefined) return {};
  return { deepRed: until, ...(!row.clock!.phases!.promiseMissed && { red: until }) };
}

/** Of one of its tasks: likewise, and while a department may still answer whose silence is consent. */
export function taskNotBefore(row: Clocked, { id, held }: Pick<TaskRow, 'id' | 'held'>): NotBefore {
  const { phases, consents = [] } = row.clock ?? {};
  const silence = chanceOf(row, silenceAfter(row), held);
  const consent = chanceOf(row, consents.find(({ task }) => task === id)?.until, held);
  const ofLight = (light: Late) => {
    const isMissed = phases?.stepsMissed?.includes(deadlineId(id, light));
    const until = Math.max((isMissed ? undefined : silence) ?? 0, consent ?? 0);
    return until > 0 && { [light]: until };
  };
  return { ...ofLight('red'), ...ofLight('deepRed') };
}

/** The time that somebody is left goes on where their clock was stopped within it. */
function chanceOf({ clock }: Clocked, until: number | undefined, held = false): number | undefined {
  return until !== undefined && held && until >= heldSince(clock!) ? NEVER : until;
}

function silenceAfter(row: Clocked): number | undefined {
  return phaseOf(row) === 'acceptance' ? row.clock?.phases?.silenceAfter : undefined;
}

/** From when a clock has stood still that does so now, whatever it was for one after the other. */
function heldSince({ holds, phases }: Pick<CaseClock, 'holds' | 'phases'>): number {
  const spans = [...holds, ...(phases?.supplements ?? [])].sort((a, b) => b.from - a.from);
  let since = Infinity;
  for (const { from, to } of spans) if (to === null) since = Math.min(since, from);
  for (const { from, to } of spans) if (to !== null && to >= since) since = Math.min(since, from);
  return since;
}
