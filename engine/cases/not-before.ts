import type { ProcessGraph } from '../model/graph.ts';
import type { CaseClock, CasePhases, CaseRow, TaskRow } from '../store/ports.ts';
import { deadlineId, NEVER, type Late, type NotBefore } from './deadlines.ts';
import { asksApplicant, isHeld, phaseOf } from './due-terms.ts';

type Clocked = Pick<CaseRow, 'clock'>;

/** Of the whole case: while silence waits for the office, but for a sooner promise that had passed before. */
export function caseNotBefore(row: Clocked): NotBefore {
  const silence = phaseOf(row) === 'acceptance' ? row.clock?.phases?.silenceAfter : undefined;
  const until = chanceOf(row, silence, isHeld(row));
  if (until === undefined) return {};
  return { deepRed: until, ...(!row.clock!.phases!.promiseMissed && { red: until }) };
}

/** Of one of its tasks: likewise, also once somebody else has accepted, and while a department may still answer whose silence is consent. */
export function taskNotBefore(row: Clocked, graph: Pick<ProcessGraph, 'nodes'>, task: Begun): NotBefore {
  const { phases, consents = [] } = row.clock ?? {};
  const { id, node, held = isHeld(row) && !asksApplicant(graph, node) } = task;
  const silence = isOfReview(phases, task) ? chanceOf(row, phases?.silenceAfter, held) : undefined;
  const consent = chanceOf(row, consents.find((given) => given.task === id)?.until, held);
  const ofLight = (light: Late) => {
    const isMissed = phases?.stepsMissed?.includes(deadlineId(id, light));
    const until = Math.max((isMissed ? undefined : silence) ?? 0, consent ?? 0);
    return until > 0 && { [light]: until };
  };
  return { ...ofLight('red'), ...ofLight('deepRed') };
}

type Begun = Pick<TaskRow, 'id' | 'node' | 'createdAt' | 'held'>;

/** It began in the review; one that the law ended was over when silence no longer waited. */
function isOfReview(phases: CasePhases | undefined, { createdAt }: Begun): boolean {
  if (!phases || phases.now === 'acceptance') return true;
  const { acceptedBy, acceptedAt, notAcceptedAt, silenceAfter = 0 } = phases;
  return acceptedBy === 'silence' ? createdAt <= silenceAfter : createdAt < (acceptedAt ?? notAcceptedAt ?? 0);
}

/** The time that somebody is left goes on where their clock was stopped within it. */
function chanceOf({ clock }: Clocked, until: number | undefined, held: boolean): number | undefined {
  return until !== undefined && held && until >= heldSince(clock!) ? NEVER : until;
}

/** From when a clock has stood still that does so now, whatever it was for one after the other. */
function heldSince({ holds, phases }: Pick<CaseClock, 'holds' | 'phases'>): number {
  const spans = [...holds, ...(phases?.supplements ?? [])].sort((a, b) => b.from - a.from);
  let since = Infinity;
  for (const { from, to } of spans) if (to === null) since = Math.min(since, from);
  for (const { from, to } of spans) if (to !== null && to >= since) since = Math.min(since, from);
  return since;
}
