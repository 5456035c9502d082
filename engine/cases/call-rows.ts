import { createHash } from 'node:crypto';
import type { Call, CaseState, Effect, Escalation } from '../core/index.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { CaseRow, JobRow } from '../store/ports.ts';
import { newJob, UNLIMITED } from './rows.ts';

export const callId = (caseId: string, token: string, work: number) => `${caseId}.${token}.call${work}`;

/**
 * Id of the case that a token calls: made of who calls, so that calling twice opens one case. Begins as the caller's does,
 * so that it stands near it in an index.
 */
export function calledCaseId(caseId: string, token: string, work: number): string {
  const hash = createHash('sha256').update(`${caseId} ${token} ${work}`).digest('hex');
  return `${caseId.slice(0, 9)}${hash.slice(0, 20)}`;
}

/** Opens the called case. */
export function callJob(caseId: string, effect: Effect & { type: 'call-case' }, now: number): JobRow {
  const { token, node, work, call } = effect;
  return {
    ...newJob(caseId, token, node, now),
    id: callId(caseId, token, work),
    kind: 'call',
    maxAttempts: UNLIMITED,
    payload: { work, call: call as unknown as JsonObject },
  };
}

export function callOf(job: JobRow): { work: number; call: Call } {
  return job.payload as unknown as { work: number; call: Call };
}

/** Ends the called case, if it was opened; belongs to that case. */
export function cancelCallJob(caseId: string, token: string, work: number, now: number): JobRow {
  const child = calledCaseId(caseId, token, work);
  return {
    ...newJob(child, '', '', now),
    id: `${callId(caseId, token, work)}.cancel`,
    kind: 'cancel-call',
    maxAttempts: UNLIMITED,
    payload: { caller: caseId },
  };
}

/** How a called case ended. */
export interface Report {
  readonly child: string;
  readonly status: CaseState['status'];
  readonly escalations?: readonly Escalation[];
  readonly error?: { readonly code: string; readonly message: string; readonly variables: JsonObject };
}

/** Tells the calling case how its call ended, or what it escalates; belongs to the calling case. */
export function returnJob(row: CaseRow, effects: readonly Effect[], now: number): JobRow {
  const { caseId, token, node, work } = row.parent!;
  const raised = effects.find((effect) => effect.type === 'raise-error');
  const error = raised && { code: raised.code, message: raised.message, variables: raised.variables };
  const escalations = escalationsOf(effects);
  const report: Report = {
    child: row.id,
    status: row.status,
    ...(error && { error }),
    ...(escalations.length > 0 && { escalations }),
  };
  return {
    ...newJob(caseId, token, node, now),
    id: row.status === 'active' ? `${row.id}.escalation.${row.rev}` : `${row.id}.return`,
    kind: 'return',
    maxAttempts: UNLIMITED,
    payload: { work, report: report as unknown as JsonValue },
  };
}

export function reportOf(job: JobRow): { work: number; report: Report } {
  return job.payload as unknown as { work: number; report: Report };
}

export function escalationsOf(effects: readonly Effect[]): Escalation[] {
  return effects.flatMap((effect) =>
    effect.type === 'raise-escalation' ? [{ code: effect.code, variables: effect.variables }] : [],
  );
}
