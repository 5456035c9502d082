import type { JsonObject } from '../kernel/json.ts';
import type { JobRow } from '../store/ports.ts';
import type { Dates } from '../time/index.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** The lights that a check records, and the ending of its id. */
const CHECKS = { yellow: 'near', red: 'passed', deepRed: 'statutory' } as const;
export type Checked = keyof typeof CHECKS;

/** Of these, that one of the two limits has passed. */
export type Late = Exclude<Checked, 'yellow'>;
export const LATE = ['red', 'deepRed'] as const;

/** Until when nobody is called late of these limits, though they may have passed (ms); NEVER while nobody knows until when. */
export type NotBefore = Readonly<Partial<Record<Late, number>>>;
export const NEVER = Number.MAX_SAFE_INTEGER;

export interface Due extends Pick<Dates, 'yellowAt' | 'dueAt' | 'statutoryAt'> {
  /** The dates that these came instead of, where both had passed by then: one delay goes on. */
  readonly since?: Readonly<Partial<Record<Checked, number>>> | undefined;
  /** These ends are looked at no sooner: who answers for them has time until then. */
  readonly notBefore?: NotBefore | undefined;
  /** That these have passed is on record, and does not move with the others. */
  readonly recorded?: readonly Checked[] | undefined;
}

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
  if (!next) return [];
  const past = checks.filter(({ light, at }) => at <= now && recorded.includes(light)).map(({ light }) => light);
  return [
    checkJob(of, { ...due, ...(past.length > 0 && { recorded: past }) }, { ...next, at: Math.max(next.at, now) }),
  ];
}

/** The check after that of a light. */
export function deadlineAfter(light: Checked, of: Watched, due: Due): JobRow[] {
  const checks = checksOf(due);
  const later = checks.slice(checks.findIndex((check) => check.light === light) + 1);
  const next = later.find((check) => !due.recorded?.includes(check.light));
  return next ? [checkJob(of, due, next)] : [];
}

/** The last moment of a limit for its check, in ms. Null: there is no limit. */
export function looksAt(
  { dueAt, statutoryAt = null, notBefore = {} }: Pick<Due, 'dueAt' | 'notBefore'> & Partial<Pick<Due, 'statutoryAt'>>,
  light: Late,
): number | null {
  const end = light === 'red' ? dueAt : statutoryAt;
  return end === null ? null : Math.max(end, notBefore[light] ?? 0);
}

interface Check {
  readonly light: Checked;
  readonly at: number;
}

/** In the order of time. The last instant of a limit still keeps it. */
function checksOf({ yellowAt, ...ends }: Due): Check[] {
  const limits = LATE.flatMap((light): Check[] => {
    const at = looksAt(ends, light);
    return at === null || at === NEVER ? [] : [{ light, at: at + 1 }];
  });
  if (limits.length === 0) return [];
  limits.sort((a, b) => a.at - b.at);
  return yellowAt === null ? limits : [{ light: 'yellow', at: yellowAt }, ...limits];
}

function checkJob(
  of: Watched,
  { yellowAt, dueAt, statutoryAt = null, since, notBefore, recorded }: Due,
  { light, at }: Check,
): JobRow {
  const payload: JsonObject = {
    of: of.id,
    light,
    yellowAt,
    dueAt,
    statutoryAt,
    ...(since && { since }),
    ...(notBefore && Object.keys(notBefore).length > 0 && { notBefore }),
    ...(recorded && { recorded: [...recorded] }),
  };
  return {
    ...newJob(of.caseId, of.token, of.node, at),
    id: deadlineId(of.id, light),
    kind: 'deadline',
    maxAttempts: UNLIMITED,
    payload,
  };
}
