import type { JsonObject } from '../kernel/json.ts';
import type { JobRow } from '../store/ports.ts';
import type { Dates } from '../time/index.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** The lights that a check records, and the ending of its id. */
const CHECKS = { yellow: 'near', red: 'passed', deepRed: 'statutory' } as const;
export type Checked = keyof typeof CHECKS;

export interface Due extends Pick<Dates, 'yellowAt' | 'dueAt' | 'statutoryAt'> {
  /** The dates that these came instead of, where both had passed by then: one delay goes on. */
  readonly since?: Readonly<Partial<Record<Checked, number>>> | undefined;
  /** These ends are looked at no sooner: who answers for them has time until then. */
  readonly notBefore?: NotBefore | undefined;
}

export type NotBefore = Readonly<Partial<Record<Checked, number | undefined>>>;

/** Whose dates these are: of a case, with token and node '', or of a task. */
export interface Watched {
  readonly id: string;
  readonly caseId: string;
  readonly token: string;
  readonly node: string;
}

export const deadlineId = (of: string, light: Checked) => `${of}.${CHECKS[light]}`;
export const deadlineIds = (of: string) => Object.values(CHECKS).map((ending) => `${of}.${ending}`);

/**
 * The next check of these dates, where one is to come: that the end is near, then that the promise, then that the
 * statutory limit has passed. Each writes the one after it. What is so already is recorded at once, unless it is among the
 * `recorded`; of an end that has passed nobody is warned any more. A clock that stands still has no check.
 */
export function deadlineJobs(of: Watched, due: Due, now: number, recorded: readonly Checked[] = []): JobRow[] {
  const checks = checksOf(due);
  const isMissed = ({ light }: Check) => light === 'yellow' && checks[1]!.at <= now;
  const next = checks.find((check) => check.at > now || !(recorded.includes(check.light) || isMissed(check)));
  return next ? [checkJob(of, due, { ...next, at: Math.max(next.at, now) })] : [];
}

/** The check after that of a light. */
export function deadlineAfter(light: Checked, of: Watched, due: Due): JobRow[] {
  const checks = checksOf(due);
  const next = checks[checks.findIndex((check) => check.light === light) + 1];
  return next ? [checkJob(of, due, next)] : [];
}

interface Check {
  readonly light: Checked;
  readonly at: number;
}

/** In the order of time. The last instant of a limit still keeps it. */
function checksOf({ yellowAt, dueAt, statutoryAt, notBefore = {} }: Due): Check[] {
  const { red = 0, deepRed = 0 } = notBefore;
  const limits: Check[] = [];
  if (dueAt !== null) limits.push({ light: 'red', at: Math.max(dueAt, red) + 1 });
  if (statutoryAt != null) limits.push({ light: 'deepRed', at: Math.max(statutoryAt, deepRed) + 1 });
  if (limits.length === 0) return [];
  limits.sort((a, b) => a.at - b.at);
  return yellowAt === null ? limits : [{ light: 'yellow', at: yellowAt }, ...limits];
}

function checkJob(
  of: Watched,
  { yellowAt, dueAt, statutoryAt = null, since, notBefore }: Due,
  { light, at }: Check,
): JobRow {
  const given = Object.entries(notBefore ?? {}).filter(([, at]) => at !== undefined);
  const payload: JsonObject = {
    of: of.id,
    light,
    yellowAt,
    dueAt,
    statutoryAt,
    ...(since && { since }),
    ...(given.length > 0 && { notBefore: Object.fromEntries(given) }),
  };
  return {
    ...newJob(of.caseId, of.token, of.node, at),
    id: deadlineId(of.id, light),
    kind: 'deadline',
    maxAttempts: UNLIMITED,
    payload,
  };
}
