import type { Actor, CommandOptions, NoticeSupplement } from '../engine.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { CasePhases, CaseRow, Defect, Supplement } from '../store/ports.ts';
import { openSupplement, supplementDue } from '../time/index.ts';
import { act } from './act.ts';
import type { CaseDeps } from './deps.ts';
import { phaseOf } from './due-terms.ts';
import { withPhases } from './pass-milestones.ts';
import { checkedReason } from './reason.ts';
import { countedOtherwise } from './stored-tasks.ts';

const MOST_DEFECTS = 100;

/**
 * 一次性告知补正: tells the applicant everything that is missing or wrong, once (行政许可法 art. 32.1(4)). The acceptance review
 * stands still until they answer or their time is over. A second notice needs a reason and says so in the history.
 * `case.closed`, `supplement.not_in_review`, `supplement.open_already`, `supplement.no_defects`,
 * `supplement.needs_reason`, `case.reason_too_long`, `time.bad_limit`
 */
export async function noticeSupplement(
  deps: CaseDeps,
  notice: NoticeSupplement,
  actor: Actor,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const defects = checkedDefects(notice.defects);
  const note = notice.note?.trim() ? checkedReason(notice.note) : undefined;
  return act(deps, {
    caseId: notice.caseId,
    actor,
    decide: async (row, graph) => {
      const phases = reviewed(row);
      if (openSupplement(phases))
        throw new Rejection('conflict', 'supplement.open_already', 'Expected no open notice, but there is one');
      const again = reasonAgain(phases, notice.again);
      const now = deps.clock.now();
      const supplement: Supplement = {
        from: now,
        to: null,
        answered: false,
        limit: notice.limit,
        defects,
        ...(note !== undefined && { note }),
        ...(again !== undefined && { again }),
      };
      const { dueAt, provisional } = supplementDue(supplement, deps.calendar)!;
      const data = {
        defects: defects.map((defect) => ({ ...defect })),
        limit: { value: notice.limit.value, unit: notice.limit.unit },
        until: dueAt,
        ...(provisional && { provisional }),
        ...(note !== undefined && { note }),
        ...(again !== undefined && { again: true, reason: again }),
      };
      const decision = { state: row.state, events: [{ type: 'supplement.noticed', data }], effects: [] };
      const next = { ...phases, supplements: [...phases.supplements, { ...supplement, toldUntil: dueAt }] };
      const tasks = await countedOtherwise(deps, row, graph);
      return withPhases(row, graph, decision, next, { calendar: deps.calendar, now, tasks });
    },
    result: (commit) => commit.case,
    ...(options && { options }),
  });
}

/** Of a case whose acceptance is under review. `case.closed`, `supplement.not_in_review` */
export function reviewed(row: CaseRow): CasePhases {
  if (row.status !== 'active')
    throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${row.status}`, {
      status: row.status,
    });
  if (row.clock?.phases?.now === 'acceptance') return row.clock.phases;
  throw new Rejection(
    'conflict',
    'supplement.not_in_review',
    'Expected a case whose acceptance is under review, but it is not',
    { phase: phaseOf(row) },
  );
}

function checkedDefects(defects: readonly Defect[]): Defect[] {
  const named = defects.map(({ material, problem, field }) => ({
    material: material.trim(),
    problem: problem.trim(),
    ...(field !== undefined && { field }),
  }));
  const complete = named.length > 0 && named.length <= MOST_DEFECTS;
  if (complete && named.every(({ material, problem }) => material !== '' && problem !== '')) return named;
  throw new Rejection(
    'invalid',
    'supplement.no_defects',
    `Expected 1 to ${MOST_DEFECTS} defects, each with a material and what is wrong with it`,
    { most: MOST_DEFECTS },
  );
}

/** Everything has to be told at once: telling more later needs a reason. */
function reasonAgain({ supplements }: CasePhases, again: string | undefined): string | undefined {
  if (supplements.length === 0) return undefined;
  if (again?.trim()) return checkedReason(again);
  throw new Rejection(
    'invalid',
    'supplement.needs_reason',
    'Expected a reason for a second notice, because the first has to name everything, but there is none',
    { notices: supplements.length },
  );
}
