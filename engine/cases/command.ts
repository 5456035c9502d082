import type { Command } from '../core/index.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow } from '../store/ports.ts';
import type { Decision } from './build-commit.ts';
import { takeStep, type StepSources } from './take-step.ts';
import type { NewEvent } from './history.ts';

/** Decides by a step of the core; `note` is recorded before what the step itself tells. */
export async function decideByStep(
  row: CaseRow,
  graph: ProcessGraph,
  command: Command,
  sources: StepSources,
  note: readonly NewEvent[] = [],
): Promise<Decision> {
  const { state, events, effects } = await takeStep(graph, { row, state: row.state }, command, sources);
  return { state, events: [...note, ...events], effects };
}
