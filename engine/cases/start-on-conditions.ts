import { eventOfKey } from '../core/index.ts';
import { evaluateBounded, withClock } from '../expressions/index.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { eventStarts } from '../model/event-starts.ts';
import type { CommandOptions, ConditionalStart, ConditionsJudged } from '../engine.ts';
import type { JobRow } from '../store/ports.ts';
import { commitOnce } from './act.ts';
import type { CaseDeps } from './deps.ts';
import { startJob } from './start-rows.ts';

/**
 * Judges the conditional start events of all newest versions by `variables`, and begins a case with these variables at
 * each whose condition is true (BPMN 2.0.2 §10.5.2; there is no case yet whose data it could read). They are on their way
 * for good when this resolves. A condition that cannot be evaluated begins nothing.
 */
export async function startOnConditions(
  deps: CaseDeps,
  variables: JsonObject,
  options?: CommandOptions<ConditionsJudged>,
): Promise<ConditionsJudged> {
  const now = deps.clock.now();
  const id = `condition.${newId(now)}`;
  const started: ConditionalStart[] = [];
  const failed: (ConditionalStart & { reason: string })[] = [];
  const put: JobRow[] = [];
  for (const definition of await deps.store.listDefinitions()) {
    const graph = await deps.graphOf(definition.id);
    for (const { start, trigger } of eventStarts(graph, 'conditional')) {
      const found = { definition, element: eventOfKey(start) };
      const result = await evaluateBounded(trigger.condition, withClock(trigger.condition, variables, now));
      if (!result.ok) failed.push({ ...found, reason: result.reason });
      if (!result.ok || result.value !== true) continue;
      started.push(found);
      const order = { definitionId: definition.id, start, variables, at: now };
      put.push(startJob(`${id}.${definition.id}.${start}`, order));
    }
  }
  if (put.length > 0) {
    const receipt = options?.receipt?.({ started, failed });
    await commitOnce(deps, { jobs: { put, remove: [] }, ...(receipt && { receipt }) });
    deps.due(now);
  }
  return { started, failed };
}
