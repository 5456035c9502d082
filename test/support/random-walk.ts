import { step, type CaseState, type Command, type CoreEvent } from '../../engine/core/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';

/** Everything that could happen next to a case, each at its earliest moment. */
export function possibleCommands(state: CaseState, now: number): { command: Command; now: number }[] {
  const possible: { command: Command; now: number }[] = [];
  for (const token of Object.values(state.tokens)) {
    if (token.wait === 'task')
      possible.push({ command: { type: 'complete-task', token: token.id, variables: {} }, now });
    if (token.wait === 'continue') possible.push({ command: { type: 'continue', token: token.id }, now });
    if (token.wait === 'job')
      possible.push({ command: { type: 'complete-job', token: token.id, variables: { done: token.id } }, now });
    for (const [event, armed] of Object.entries(token.armed ?? {})) {
      if (armed.type === 'timer' && !armed.done)
        possible.push({ command: { type: 'fire-timer', token: token.id, event }, now: Math.max(now, armed.dueAt) });
      else if (armed.type === 'condition' || armed.done) continue;
      else if (armed.type === 'signal')
        possible.push({ command: { type: 'deliver-signal', name: armed.name, variables: {} }, now });
      else possible.push({ command: { type: 'deliver-message', token: token.id, event, variables: {} }, now });
    }
  }
  return possible;
}

export interface Walk {
  state: CaseState;
  events: CoreEvent[];
  steps: number;
}

/** Walks a case along the path the choices pick. `between` sees and may replace the state after each step. */
export function walk(graph: ProcessGraph, choices: readonly number[], between: (state: CaseState) => CaseState): Walk {
  let now = Date.parse('2026-03-02T01:00:00Z');
  const events: CoreEvent[] = [];
  let state = take(graph, null, { type: 'start', variables: {} }, now, events, between);
  let steps = 1;
  for (; state.status === 'active' && steps < 3_000; steps++) {
    const possible = possibleCommands(state, now);
    if (possible.length === 0) break;
    // news can come in for ever: in the end the oldest work is done first
    const next = possible[steps < 300 ? choices[steps % choices.length]! % possible.length : 0]!;
    ({ now } = next);
    state = take(graph, state, next.command, now, events, between);
  }
  return { state, events, steps };
}

function take(
  graph: ProcessGraph,
  before: CaseState | null,
  command: Command,
  now: number,
  events: CoreEvent[],
  between: (state: CaseState) => CaseState,
): CaseState {
  const result = step(graph, before, command, { now });
  if (!result.done) throw new Error(`expected no help, but the step needs some: ${JSON.stringify(result)}`);
  events.push(...result.events);
  return between(result.state);
}
