import { calledCaseId, callOf, reportOf, type Report } from '../cases/call-rows.ts';
import { SYSTEM, type CaseDeps } from '../cases/deps.ts';
import { isHeld } from '../cases/due-terms.ts';
import { holdCallJob } from '../cases/hold-along.ts';
import { openCase } from '../cases/start-case.ts';
import type { Command } from '../core/index.ts';
import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { CaseRow, DefinitionSummary, JobRow } from '../store/ports.ts';
import { UNANSWERED } from './check-clock.ts';
import { dropJob } from './drop-job.ts';
import { stepForJob } from './run-job.ts';

/** Cases that call cases that call cases …: deeper than this is a model that calls itself. */
export const MAX_CALL_DEPTH = 50;
const LONGEST_TITLE = 200;

/** What the calling case does not wait for any more leaves nothing to do. */
const PAST = ['case.not_found', 'case.closed', 'case.unknown_token', 'call.closed'];
/** The called case cannot be opened like this, however often it is tried: a person has to repair something. */
const UNABLE = [
  'definition.not_found',
  'case.no_start_event',
  'variables.unsafe_name',
  'expression.too_many',
  'call.too_deep',
];

/** Opens the case that a call activity calls. Crashing and coming back opens no second one: its id follows from the call. */
export async function openCalledCase(deps: CaseDeps, job: JobRow): Promise<void> {
  const { work, call } = callOf(job);
  const caller = await deps.store.findCase(job.caseId);
  const token = caller?.state.tokens[job.token];
  if (!caller || token?.wait !== 'case' || token.work !== work) return dropJob(deps, job);
  try {
    const depth = (caller.parent?.depth ?? 0) + 1;
    if (depth > MAX_CALL_DEPTH) throw tooDeep(call.definition);
    const definition = await findCalled(deps, call);
    const graph = await deps.graphOf(caller.definitionId);
    await openCase(
      deps,
      definition,
      {
        id: calledCaseId(caller.id, job.token, work),
        number: numberOf(caller, job.token, work, call),
        title: `${caller.title} · ${graph.nodes[job.node]?.name || definition.name}`.slice(0, LONGEST_TITLE),
        applicant: caller.applicant,
        department: (await deps.graphOf(definition.id)).department ?? caller.department,
        variables: call.variables,
        parent: { caseId: caller.id, token: job.token, node: job.node, work, depth },
        ...(isHeld(caller) && { jobs: [holdCallJob(caller, job.token, work, deps.clock.now())] }),
        fence: { jobId: job.id, fence: job.fence },
      },
      SYSTEM,
    );
  } catch (refusal) {
    // opened before, or the lease is lost: both times the job is all that may be left
    if (isRejection(refusal, 'case.exists')) return dropJob(deps, job);
    const unable = UNABLE.some((code) => isRejection(refusal, code)) ? (refusal as Rejection) : undefined;
    if (!unable) throw refusal;
    const { code, message } = unable;
    await reportTo(deps, job, { type: 'fail-call', token: job.token, work, code, message });
  }
}

/** Ends the case that nobody waits for any more, and with it those it called. */
export async function cancelCalledCase(deps: CaseDeps, job: JobRow): Promise<void> {
  await reportTo(deps, job, { type: 'cancel', reason: '上级办件不再等待本办件 (the calling case waits no longer)' });
}

/** Tells the calling case how the case it called ended, or what it escalates. */
export async function returnToCaller(deps: CaseDeps, job: JobRow): Promise<void> {
  const { work, report } = reportOf(job);
  const { token } = job;
  const child = await deps.store.findCase(report.child);
  const variables = child?.state.scopes['0']?.variables ?? {};
  const error = report.error ?? returnedError(child);
  if (error) {
    const uncaught = error.code === UNANSWERED ? { uncaught: 'call.returned' } : {};
    return reportTo(deps, job, { type: 'throw-call-error', token, work, ...error, ...uncaught });
  }
  const { escalations = [] } = report;
  if (report.status === 'active')
    return reportTo(deps, job, { type: 'escalate-call', token, work, escalations: [...escalations] });
  if (report.status !== 'cancelled') {
    const completed = { type: 'complete-call' as const, token, work, variables };
    return reportTo(deps, job, escalations.length > 0 ? { ...completed, escalations: [...escalations] } : completed);
  }
  const message = `Expected the called case ${child?.number ?? report.child} to end, but it was cancelled`;
  return reportTo(deps, job, { type: 'fail-call', token, work, code: 'call.cancelled', message });
}

/** 退件: the application of the called case is taken for withdrawn, so calling once more is not how its caller goes on. */
function returnedError(child: CaseRow | undefined): Report['error'] {
  if (child?.clock?.phases?.returnedAt === undefined) return undefined;
  const message = `the called case ${child.number} was returned, since nothing was supplemented in time`;
  return { code: UNANSWERED, message, variables: {} };
}

async function reportTo(deps: CaseDeps, job: JobRow, command: Command): Promise<void> {
  try {
    await stepForJob(deps, job, command);
  } catch (refusal) {
    if (!PAST.some((code) => isRejection(refusal, code))) throw refusal;
    await dropJob(deps, job);
  }
}

/** `definition.not_found` */
async function findCalled(
  { store }: CaseDeps,
  { definition: key, version }: { definition: string; version: number | null },
): Promise<DefinitionSummary> {
  const found = version === null ? await store.latestDefinition(key) : await store.findDefinition(`${key}:${version}`);
  if (found) return found;
  const what = version === null ? `'${key}'` : `'${key}' in version ${version}`;
  throw new Rejection('not-found', 'definition.not_found', `Expected a process ${what} to call, but there is none`, {
    definition: key,
  });
}

/** The business key where the model gives one, else the caller's number with the call behind it. */
function numberOf(
  caller: CaseRow,
  token: string,
  work: number,
  call: { businessKey: string | null; sharesNumber: boolean },
): string {
  if (call.sharesNumber) return caller.number;
  return call.businessKey ?? `${caller.number}-${token}${work > 1 ? `.${work}` : ''}`;
}

function tooDeep(definition: string): Rejection {
  return new Rejection(
    'conflict',
    'call.too_deep',
    `Expected at most ${MAX_CALL_DEPTH} cases above each other, but '${definition}' is called deeper; does it call itself?`,
    { definition },
  );
}
