import { createHash } from 'node:crypto';
import { evaluateBounded } from '../expressions/index.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { eventStarts, type EventStart } from '../model/event-starts.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { Commit, DefinitionSummary, JobRow } from '../store/ports.ts';
import { parseCycle, parseDuration, parseTimerDate } from '../time/index.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** When a case starts by itself, and again after that. */
export interface StartTimer {
  readonly dueAt: number;
  /** `left`: starts after the one at `dueAt`; null without end. */
  readonly repeat?: { readonly every: string; readonly left: number | null };
}

/** What the job of a start knows: which version, where it begins, what it is given. */
export interface StartOrder {
  readonly definitionId: string;
  readonly start: string;
  readonly variables: JsonObject;
  readonly repeat?: StartTimer['repeat'];
  /** When the case is to start. Its job is due later where it is tried again. */
  readonly at: number;
}

const timerStartId = (definitionId: string, start: string) => `${definitionId}.start.${start}`;

export function startJob(id: string, order: StartOrder, fence = 0): JobRow {
  return {
    ...newJob('', '', '', order.at),
    id,
    kind: 'start',
    maxAttempts: UNLIMITED,
    fence,
    payload: order as unknown as JsonObject,
  };
}

export function orderOf({ payload, dueAt }: JobRow): StartOrder {
  const order = payload as unknown as Omit<StartOrder, 'at'> & { at?: number };
  // one that an older version put goes by its job
  return { ...order, at: order.at ?? dueAt };
}

/** Id of the case that a start job opens: done twice, it opens one. */
export function startedCaseId(jobId: string, at: number): string {
  const hash = createHash('sha256').update(`${jobId} ${at}`).digest('hex');
  // the time in front keeps ids in order
  return newId(at).slice(0, 9) + hash.slice(0, 20);
}

/**
 * The jobs that publishing a version changes: its timers take the place of those of the version before.
 * `timer.bad_value`: an expression gives no time.
 */
export async function timerStartJobs(
  next: { definition: Pick<DefinitionSummary, 'id'>; graph: ProcessGraph },
  before: { definition: Pick<DefinitionSummary, 'id'>; graph: ProcessGraph } | undefined,
  now: number,
): Promise<Commit['jobs']> {
  const { id: definitionId } = next.definition;
  const put: JobRow[] = [];
  for (const start of eventStarts(next.graph, 'timer')) {
    const armed = upcoming(await armStart(start, now), now);
    if (!armed) continue;
    const { dueAt, repeat } = armed;
    const order = { definitionId, start: start.start, variables: {}, ...(repeat && { repeat }), at: dueAt };
    put.push(startJob(timerStartId(definitionId, start.start), order));
  }
  const old = before ? eventStarts(before.graph, 'timer') : [];
  return { put, remove: old.map(({ start }) => timerStartId(before!.definition.id, start)) };
}

async function armStart({ start, trigger }: EventStart<'timer'>, now: number): Promise<StartTimer> {
  if (trigger.kind === 'clock')
    throw new Error(`Expected a linted model, but start event '${start}' has no case's clock`);
  const result = trigger.value.evaluate?.({}) ?? (await evaluateBounded(trigger.value, {}));
  const text = result.ok && typeof result.value === 'string' ? result.value : '';
  const armed = readTimer(trigger.kind, text, now);
  if (armed) return armed;
  throw new Rejection(
    'invalid',
    'timer.bad_value',
    `Expected start event '${start}' to state a time, but '${trigger.value.text}' gives no ISO 8601 ${trigger.kind}`,
    { element: start },
  );
}

function readTimer(kind: 'date' | 'duration' | 'cycle', text: string, now: number): StartTimer | undefined {
  if (kind === 'date') {
    const dueAt = parseTimerDate(text);
    return dueAt === undefined ? undefined : { dueAt };
  }
  if (kind === 'duration') {
    const duration = parseDuration(text);
    return duration && { dueAt: duration.addTo(now) };
  }
  const cycle = parseCycle(text);
  if (!cycle) return undefined;
  const first = { dueAt: cycle.start ?? cycle.every.addTo(now) };
  return { ...first, repeat: { every: cycle.every.text, left: cycle.times === null ? null : cycle.times - 1 } };
}

/** What of a date or a dated cycle still lies ahead: publishing a version again does not start again what was started. */
function upcoming({ dueAt, repeat }: StartTimer, now: number): StartTimer | undefined {
  if (dueAt >= now) return { dueAt, ...(repeat && { repeat }) };
  if (!repeat) return undefined;
  const every = parseDuration(repeat.every)!;
  let [next, left] = [dueAt, repeat.left];
  while (next < now && left !== 0) {
    const skipped = Math.max(1, Math.min(Math.floor((now - next) / (every.addTo(next) - next)) - 1, left ?? Infinity));
    next = skipped === 1 ? every.addTo(next) : next + skipped * (every.addTo(next) - next);
    if (left !== null) left -= skipped;
  }
  return next < now ? undefined : { dueAt: next, repeat: { every: repeat.every, left } };
}

/** The next start of a cycle after `now`: what was missed while nothing ran is made up for by one start, not by many. */
export function nextStart({ dueAt, repeat }: StartTimer, now: number): StartTimer | undefined {
  if (!repeat || repeat.left === 0) return undefined;
  const every = parseDuration(repeat.every)!;
  const period = every.addTo(dueAt) - dueAt;
  // far behind: jump close to now, keeping in step
  let next = every.addTo(dueAt + Math.max(0, Math.floor((now - dueAt) / period) - 1) * period);
  while (next <= now) next = every.addTo(next);
  return { dueAt: next, repeat: { every: repeat.every, left: repeat.left === null ? null : repeat.left - 1 } };
}
