import type { JsonObject } from '../kernel/json.ts';
import type { CaseHold, CaseRow, JobRow } from '../store/ports.ts';
import {
  HOLD_REASONS,
  holdDue,
  openSupplement,
  supplementDue,
  type DueDate,
  type HoldReason,
  type WorkCalendar,
} from '../time/index.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** Which due date, beside those of the case and its tasks, the job looks at. */
export type ClockCheck = 'supplement' | 'hold';

const supplementCheckId = (caseId: string) => `${caseId}.supplement`;

/** A local reason may have the key of one of the law; with any other it keeps the id by which older versions wrote its job. */
function holdCheckId(caseId: string, { reason, local }: Pick<CaseHold, 'reason' | 'local'>): string {
  const { key } = local ?? {};
  if (key === undefined) return `${caseId}.hold.${reason}`;
  return HOLD_REASONS.includes(key as HoldReason) ? `${caseId}.hold.local.${key}` : `${caseId}.hold.${key}`;
}

/** Ids of the checks that a case may have open: to be removed when it ends. */
export function clockCheckIds({ id, clock }: Pick<CaseRow, 'id' | 'clock'>): string[] {
  if (!clock) return [];
  const holds = clock.holds.filter(({ to, expectedDays }) => to === null && expectedDays !== undefined);
  const supplement = clock.phases && openSupplement(clock.phases);
  return [...holds.map((hold) => holdCheckId(id, hold)), ...(supplement?.limit ? [supplementCheckId(id)] : [])];
}

/**
 * Looks when the applicant's time to supplement ends, and when a hold was expected to: those that lie ahead, and at once where
 * one that still `waits` has passed by this calendar.
 */
export function clockCheckJobs(
  { id, clock }: Pick<CaseRow, 'id' | 'clock'>,
  calendar: WorkCalendar,
  now: number,
  waits: readonly JobRow[] = [],
): JobRow[] {
  if (!clock) return [];
  const job = (jobId: string, due: DueDate | undefined, payload: JsonObject): JobRow[] => {
    const { dueAt, provisional } = due ?? {};
    if (typeof dueAt !== 'number' || (dueAt <= now && !waits.some((each) => each.id === jobId))) return [];
    return [
      {
        ...newJob(id, '', '', Math.max(dueAt, now)),
        id: jobId,
        kind: 'deadline',
        maxAttempts: UNLIMITED,
        payload: { ...payload, dueAt, ...(provisional && { provisional }) },
      },
    ];
  };
  const supplement = clock.phases && openSupplement(clock.phases);
  return [
    ...clock.holds
      .filter(({ to }) => to === null)
      .flatMap((hold) =>
        job(holdCheckId(id, hold), holdDue(hold, calendar), {
          check: 'hold',
          reason: hold.reason,
          ...(hold.local && { local: hold.local.key }),
        }),
      ),
    ...(supplement ? job(supplementCheckId(id), supplementDue(supplement, calendar), { check: 'supplement' }) : []),
  ];
}
