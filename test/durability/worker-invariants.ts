import { groupBy } from '../../engine/kernel/group-by.ts';
import { caseOfJob, succeeded, type Circumstances, type Exchange, type FinalCase, type HandedOut } from './evidence.ts';

/**
 * A job is one worker's at a time, while its lock lasts, and one result is taken: that of whoever holds it, who is told so.
 */
export function workedOnce(
  log: readonly Exchange[],
  byId: ReadonlyMap<string, FinalCase>,
  { offMs = 0 }: Circumstances,
): string[] {
  const reports = groupBy(
    log.filter(({ verb }) => verb === 'report'),
    ({ target }) => target,
  );
  return [...handedOut(log)].flatMap(([job, lent]) => [
    ...lockedOnce(job, lent, offMs),
    ...doneOnce(job, lent, reports.get(job) ?? []),
    ...refusedThoughDone(job, reports.get(job) ?? [], byId.get(caseOfJob(job))),
  ]);
}

interface Lent extends HandedOut {
  readonly to: string;
  readonly sent: number;
  readonly answered: number;
}

function handedOut(log: readonly Exchange[]): Map<string, Lent[]> {
  const lent = log
    .filter((each) => each.verb === 'fetch' && succeeded(each))
    .flatMap(({ sent, answered, who, body }) =>
      (body as HandedOut[]).map((job): Lent => ({ ...job, to: who, sent, answered })),
    );
  return groupBy(lent, ({ id }) => id);
}

function lockedOnce(job: string, lent: readonly Lent[], offMs: number): string[] {
  const inTurn = [...lent].sort((a, b) => a.fence - b.fence || a.sent - b.sent);
  return inTurn.slice(1).flatMap((next, index) => {
    const before = inTurn[index]!;
    if (next.fence === before.fence) return [`job ${job} was handed out twice under number ${next.fence}`];
    return next.answered + offMs < Date.parse(before.leaseUntil)
      ? [`job ${job} was handed to '${next.to}' while it was locked for '${before.to}'`]
      : [];
  });
}

function doneOnce(job: string, lent: readonly Lent[], reports: readonly Exchange[]): string[] {
  const taken = reports.filter(succeeded);
  const [first] = taken;
  if (!first) return [];
  const keys = [...new Set(taken.map(({ key }) => key))];
  if (keys.length > 1) return [`job ${job}: two results were taken, ${keys.join(' and ')}`];
  const sent = Math.min(...reports.filter(({ key }) => key === first.key).map((each) => each.sent));
  const answered = Math.min(...taken.map((each) => each.answered));
  return [
    ...lent
      .filter((each) => each.fence > first.fence! && each.answered < sent)
      .map(({ to }) => `job ${job}: the result of '${first.who}' was taken after the job had gone to '${to}'`),
    ...lent
      .filter((each) => each.sent > answered)
      .map(({ to }) => `job ${job} was handed to '${to}' after its result had been taken`),
  ];
}

function refusedThoughDone(job: string, reports: readonly Exchange[], final: FinalCase | undefined): string[] {
  const stands = ({ data = {} }: Exchange) =>
    Object.entries(data).every(([name, value]) => final?.variables[name] === value);
  const own = reports.filter((each) => each.status !== 0 && stands(each));
  return own.length > 0 && !own.some(succeeded)
    ? [`job ${job}: the result of '${own[0]!.who}' took effect, and every answer was a refusal`]
    : [];
}
