import {
  eventOfKey,
  step,
  type CaseState,
  type Command,
  type CoreEvent,
  type Effect,
  type Token,
} from '../../engine/core/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';

interface Chance {
  command: Command;
  now: number;
  /** It may happen any number of times while the case goes on; the case itself does not wait for it (told with a graph). */
  beside: boolean;
}

/** More tokens than this, and what comes from beside is held back. */
const CROWD = 40;

/** Everything that could happen next to a case, each at its earliest moment. */
export function possibleCommands(state: CaseState, now: number, graph?: ProcessGraph): Chance[] {
  const possible: Chance[] = [];
  for (const token of Object.values(state.tokens)) {
    const command = workOf(token);
    if (command) possible.push({ command, now, beside: false });
    for (const [key, armed] of Object.entries(token.armed ?? {})) {
      const beside = token.wait === 'listener' || graph?.nodes[token.node]!.boundary.includes(eventOfKey(key)) === true;
      if (armed.done || armed.type === 'condition') continue;
      if (armed.type === 'timer') {
        const fire: Command = { type: 'fire-timer', token: token.id, event: key };
        possible.push({ command: fire, now: Math.max(now, armed.dueAt), beside });
      } else if (armed.type === 'signal')
        possible.push({ command: { type: 'deliver-signal', name: armed.name, variables: {} }, now, beside });
      else
        possible.push({
          command: { type: 'deliver-message', token: token.id, event: key, variables: {} },
          now,
          beside,
        });
    }
  }
  return possible;
}

function workOf({ id: token, wait, work }: Token): Command | undefined {
  if (wait === 'task') return { type: 'complete-task', token, variables: {} };
  if (wait === 'job') return { type: 'complete-job', token, variables: { done: token } };
  if (wait === 'case') return { type: 'complete-call', token, work: work!, variables: {} };
  if (wait === 'continue') return { type: 'continue', token };
  return undefined;
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
  let now = Date.parse('2026-03-02T01:00:00Z');
  const walked = { events: [] as CoreEvent[], effects: [] as Effect[] };
  const take = (before: CaseState | null, command: Command): CaseState => {
    const result = step(graph, before, command, { now });
    if (!result.done) throw new Error(`expected no help, but the step needs some: ${JSON.stringify(result)}`);
    walked.events.push(...result.events);
    walked.effects.push(...result.effects);
    return between(result.state, result.effects, command);
  };
  let state = take(null, { type: 'start', variables: {} });
  let steps = 1;
  for (; state.status === 'active' && steps < 3_000; steps++) {
    const possible = possibleCommands(state, now, graph);
    if (possible.length === 0) break;
    // news can come in for ever: in the end the oldest work is done first
    const settle = steps >= 120 || Object.keys(state.tokens).length > CROWD;
    const next = settle
      ? (possible.find(({ beside }) => !beside) ?? possible[0]!)
      : possible[choices[steps % choices.length]! % possible.length]!;
    ({ now } = next);
    state = take(state, next.command);
  }
  return { state, ...walked, steps };
}
