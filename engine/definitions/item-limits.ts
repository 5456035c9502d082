import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { parseWarning, START_RULES } from '../model/limits.ts';
import type { Limit, Limits, Node, ProcessGraph, StartRule } from '../model/graph.ts';
import { isAmount } from '../time/index.ts';

const UNITS: readonly string[] = ['workingDays', 'calendarDays', 'workingHours'];

/**
 * The limits of a version: what its model states, and where the model is silent what its item states (`resources.item`), each
 * of promise, statutory limit, start rule and warning by itself. `item.limits` states those of steps, by element id. What
 * of the item is malformed counts as not stated: packages are checked when they are read.
 */
export function withItemLimits(graph: ProcessGraph, { item }: JsonObject): ProcessGraph {
  if (!isObject(item)) return graph;
  const steps = isObject(item.limits) ? Object.entries(item.limits) : [];
  const changed = steps.flatMap(([id, stated]): [string, Node][] => {
    const node = Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
    return node && isObject(stated) ? [[id, Object.freeze({ ...limitsOf(stated), ...node })]] : [];
  });
  const nodes = changed.length === 0 ? graph.nodes : merged(graph.nodes, changed);
  return Object.freeze({ ...limitsOf(item), ...graph, nodes });
}

function limitsOf({ promise, statutory, startRule, yellow }: JsonObject): Limits {
  const [limit, law] = [limitOf(promise), limitOf(statutory)];
  const warning = typeof yellow === 'string' ? parseWarning(yellow) : undefined;
  const rule = START_RULES.find((name) => name === startRule) satisfies StartRule | undefined;
  return {
    ...(limit && { limit }),
    ...(law && { statutory: law }),
    ...(rule && { startRule: rule }),
    ...(warning !== undefined && { warning }),
  };
}

function limitOf(stated: JsonValue | undefined): Limit | undefined {
  if (!isObject(stated)) return undefined;
  const { value, unit = 'workingDays', basis } = stated;
  if (typeof value !== 'number' || typeof unit !== 'string' || !UNITS.includes(unit)) return undefined;
  if (!isAmount(value, unit as Limit['unit'])) return undefined;
  return Object.freeze({ value, unit: unit as Limit['unit'], ...(typeof basis === 'string' && { basis }) });
}

/** No id can meet a prototype. */
function merged(nodes: ProcessGraph['nodes'], changed: readonly [string, Node][]): ProcessGraph['nodes'] {
  const all = Object.assign(Object.create(null) as Record<string, Node>, nodes);
  for (const [id, node] of changed) all[id] = node;
  return Object.freeze(all);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
