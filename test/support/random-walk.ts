import {
  eventOfKey,
  recordId,
  step,
  type CaseState,
  type Command,
  type CoreEvent,
  type Effect,
  type Token,
} from '../../engine/core/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { eventStarts } from '../../engine/model/event-starts.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { messageStarts } from '../../engine/model/starts.ts';
import { timesOf } from '../../engine/cases/times.ts';
import { triggersOf } from '../../engine/model/triggers-of.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';

export interface Chance {
  command: Command;
  now: number;
  /** It may happen any number of times while the case goes on; the case itself does not wait for it (told with a graph). */
  beside: boolean;
}

const BEGIN = Date.parse('2026-03-02T01:00:00Z');
const calendar = loadCalendar();

/** Of work that fails in a walk: a person sees to it that it is tried again. */
export const FAILED = 'job.failed';

/** More tokens than this, and what comes from beside is held back. */
const CROWD = 40;

/** Everything that could happen next to a case, each at its earliest moment. */
export function possibleCommands(state: CaseState, now: number, graph?: ProcessGraph): Chance[] {
  const possible: Chance[] = [];
  const can = (command: Command, beside = false, at = now) => possible.push({ command, now: at, beside });
  for (const token of Object.values(state.tokens)) {
    const command = workOf(token);
    if (command) can(command);
    for (const [key, armed] of Object.entries(token.armed ?? {})) {
      const beside = token.wait === 'listener' || graph?.nodes[token.node]!.boundary.includes(eventOfKey(key)) === true;
      if (armed.done || armed.type === 'condition') continue;
      if (armed.type === 'timer' && armed.dueAt === null) continue;
      if (armed.type === 'timer')
        can({ type: 'fire-timer', token: token.id, event: key }, beside, Math.max(now, armed.dueAt!));
      else if (armed.type === 'signal') can({ type: 'deliver-signal', name: armed.name, variables: {} }, beside);
      else can({ type: 'deliver-message', token: token.id, event: key, variables: {} }, beside);
    }
    if (graph) besideWork(graph, token).forEach((each) => can(each, true));
  }
  if (graph) for (const [command, beside] of choices(graph, state)) can(command, beside);
  return possible;
}

function workOf({ id: token, wait, work, incident }: Token): Command | undefined {
  if (incident?.code === FAILED) return { type: 'retry', token };
  if (wait === 'task') return { type: 'complete-task', token, variables: {} };
  if (wait === 'job') return { type: 'complete-job', token, variables: { done: token } };
  if (wait === 'case') return { type: 'complete-call', token, work: work!, variables: {} };
  if (wait === 'continue') return { type: 'continue', token };
  return undefined;
}

/** What a worker or a called case may report instead of its end: that it failed, or what a boundary event catches. */
function besideWork(graph: ProcessGraph, { id: token, node, wait, work }: Token): Command[] {
  const failure = { token, code: FAILED, message: 'out of order' };
  if (wait === 'continue') return [{ type: 'fail-job', ...failure }];
  if (wait === 'task' && graph.nodes[node]!.overdue?.does === 'deemedConsent') return [{ type: 'deem-consent', token }];
  if (wait !== 'job' && wait !== 'case') return [];
  const failed: Command =
    wait === 'job' ? { type: 'fail-job', ...failure } : { type: 'fail-call', work: work!, ...failure };
  const caught = graph.nodes[node]!.boundary.flatMap((id) => triggersOf(graph.nodes[id]!));
  const reports = caught.flatMap((trigger): Command[] => {
    if (trigger.type === 'error') {
      const error = { token, code: trigger.code ?? 'BAD', message: 'no', variables: {} };
      return [wait === 'job' ? { type: 'throw-error', ...error } : { type: 'throw-call-error', work: work!, ...error }];
    }
    if (trigger.type !== 'escalation' || wait !== 'case') return [];
    return [{ type: 'escalate-call', token, work: work!, escalations: [{ code: trigger.code ?? '', variables: {} }] }];
  });
  return [failed, ...reports];
}

/** Each activity of an open ad-hoc sub-process, all of them, and its end. */
function choices(graph: ProcessGraph, state: CaseState): (readonly [command: Command, beside: boolean])[] {
  return Object.values(state.scopes).flatMap(({ adHoc, node, owner }) => {
    if (!adHoc || adHoc.ending || owner === undefined) return [];
    const activities = graph.entries[node]!;
    return [
      ...activities.map((id) => [{ type: 'activate-ad-hoc', token: owner, activities: [id] }, true] as const),
      [{ type: 'activate-ad-hoc', token: owner, activities }, true] as const,
      [{ type: 'complete-ad-hoc', token: owner }, false] as const,
    ];
  });
}

/** Every way to begin a case of the process. */
export function possibleStarts(graph: ProcessGraph): (Command & { type: 'start' })[] {
  const entries = graph.entries['']!.map((id) => graph.nodes[id]!);
  const plain = entries.some((node) => node.kind === 'startEvent' && triggersOf(node).length === 0);
  const byEvent = (['timer', 'signal', 'conditional'] as const).flatMap((type) => eventStarts(graph, type));
  const keys = [...messageStarts(graph), ...byEvent].map(({ start }) => start);
  const begun = keys.map((startEvent) => ({ type: 'start' as const, variables: {}, startEvent }));
  return plain || keys.length === 0 ? [{ type: 'start', variables: {} }, ...begun] : begun;
}

export interface Walk {
  state: CaseState;
  events: CoreEvent[];
  effects: Effect[];
  steps: number;
}

/** Walks a case along the path the choices pick. `between` sees the step and may replace its state. */
export function walk(
  graph: ProcessGraph,
  choices: readonly number[],
  between: (state: CaseState, effects: readonly Effect[], command: Command) => CaseState,
): Walk {
  let now = BEGIN;
  const walked = { events: [] as CoreEvent[], effects: [] as Effect[] };
  const register = new Map<string, JsonObject>();
  const take = (before: CaseState | null, command: Command): CaseState => {
    const result = stepWith(graph, before, command, now, register);
    walked.events.push(...result.events);
    walked.effects.push(...result.effects);
    return between(result.state, result.effects, command);
  };
  const starts = possibleStarts(graph);
  let state = take(null, starts[choices[0]! % starts.length]!);
  let steps = 1;
  for (; state.status === 'active' && steps < 3_000; steps++) {
    const possible = possibleCommands(state, now, graph);
    if (possible.length === 0) break;
    const settle = steps >= 120 || Object.keys(state.tokens).length > CROWD;
    const next = nextOf(possible, choices[steps % choices.length]!, settle)!;
    ({ now } = next);
    state = take(state, next.command);
  }
  return { state, ...walked, steps };
}

/** The next thing by the choice; once it shall come to an end, the oldest work that the case itself waits for. */
export function nextOf(possible: readonly Chance[], choice: number, settle: boolean): Chance | undefined {
  // news can come in for ever: in the end the oldest work is done first
  if (settle) return possible.find(({ beside }) => !beside) ?? possible[0];
  return possible[choice % Math.max(1, possible.length)];
}

/** One step, with the records of data stores that it asks for; those that it writes are kept. */
export function stepWith(
  graph: ProcessGraph,
  before: CaseState | null,
  command: Command,
  now: number,
  register: Map<string, JsonObject>,
) {
  const records = new Map<string, JsonObject | null>();
  for (;;) {
    const result = step(graph, before, command, {
      now,
      records,
      times: timesOf({ startedAt: BEGIN }, graph, calendar),
    });
    if (result.done) {
      for (const effect of result.effects)
        if (effect.type === 'put-record') register.set(recordId(effect.store, effect.key), effect.record);
      return result;
    }
    if (!('record' in result)) throw new Error(`expected no help, but the step needs some: ${JSON.stringify(result)}`);
    const id = recordId(result.record.store, result.record.key);
    records.set(id, register.get(id) ?? null);
  }
}
