import { act } from '../cases/act.ts';
import type { ClockCheck } from '../cases/clock-checks.ts';
import { decideByStep } from '../cases/command.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { silenceEvent, withPhases } from '../cases/pass-milestones.ts';
import { acceptedAfter } from '../cases/silence.ts';
import { countedOtherwise } from '../cases/stored-tasks.ts';
import type { Decision } from '../cases/build-commit.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseHold, CaseRow, JobRow } from '../store/ports.ts';
import { acceptBySilence, returnUnanswered } from '../time/index.ts';

/**
 * The acceptance review has run out and nobody told the applicant anything: accepted, and handling counts from the receipt
 * of what was reviewed (视为受理, 行政许可法 art. 32.1(4)). Undefined where no review runs.
 */
export async function decideSilence(deps: CaseDeps, row: CaseRow, graph: ProcessGraph): Promise<Decision | undefined> {
  const after = acceptedAfter(row);
  if (row.status !== 'active' || after === undefined || deps.clock.now() <= after) return undefined;
  const phases = row.clock!.phases!;
  const decision = { state: row.state, events: [silenceEvent(phases)], effects: [] };
  const tasks = await countedOtherwise(deps, row, graph);
  const by = { calendar: deps.calendar, now: deps.clock.now(), tasks };
  return withPhases(row, graph, decision, acceptBySilence(phases), by);
}

/** Other due dates of a clock: the applicant's time to supplement, and when a hold was expected to be over. */
export async function checkClock(deps: CaseDeps, job: JobRow, check: ClockCheck): Promise<void> {
  const { dueAt } = job.payload;
  await act(deps, {
    caseId: job.caseId,
    actor: SYSTEM,
    fence: { jobId: job.id, fence: job.fence },
    decide: async (row, graph) => {
      if (row.status !== 'active')
        throw new Rejection('conflict', 'case.closed', `Expected an active case, but it is ${row.status}`);
      if (check === 'supplement') {
        // 退件: taken for withdrawn
        const told = { type: 'case.returned', data: { code: UNANSWERED, until: dueAt! } };
        const step = await decideByStep(row, graph, { type: 'cancel', reason: UNANSWERED }, deps, [told]);
        const phases = returnUnanswered(row.clock!.phases!, deps.clock.now());
        return { ...step, change: { row: { clock: { ...row.clock!, phases } }, lapsed: [] } };
      }
      const { reason, local: key } = job.payload;
      const isIts = (hold: CaseHold) => hold.to === null && hold.reason === reason && hold.local?.key === key;
      const hold = row.clock?.holds.find(isIts);
      const data = { reason: reason!, expectedAt: dueAt!, ...(hold?.local && { local: { ...hold.local } }) };
      // gone where an older version wrote the job under an id that it shared with another hold
      return { state: row.state, events: hold ? [{ type: 'clock.hold_overdue', data }] : [], effects: [] };
    },
    result: () => undefined,
  });
}

/** Why a case is returned, as the reason of its end and as an error to its caller: the applicant did not supplement in time. */
export const UNANSWERED = 'supplement.unanswered';
