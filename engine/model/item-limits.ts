import { isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { isAmount } from '../time/terms.ts';
import type { Limit } from './graph.ts';
import { parseWarning, START_RULES } from './limits.ts';
import type { ParsedLimit, ParsedLimits, ParsedProcess } from './parsed-model.ts';

const UNITS: readonly string[] = ['workingDays', 'calendarDays', 'workingHours'];
const PHASES = ['acceptance', 'delivery'] as const;

/**
 * A process with the lead department and the limits of its item (`resources.item`) where it states none itself, each of
 * promise, statutory limit, start rule and warning alone: of the case, of acceptance and delivery, and in `item.limits` of steps, by element id. What
 * of the item is malformed counts as not stated: packages are checked when they are read.
 */
export function withItemLimits(process: ParsedProcess, item: JsonValue | undefined): ParsedProcess {
  if (!isJsonObject(item)) return process;
  const steps = isJsonObject(item.limits) ? item.limits : {};
  const strangers = Object.keys(steps).filter((id) => !process.nodes.some((node) => node.id === id));
  const phases = PHASES.map((phase) => [phase, phaseOf(item[phase], process[phase])] as const);
  const department = process.department ?? item.department;
  return {
    ...process,
    ...(typeof department === 'string' && { department }),
    ...filledIn(process, item),
    ...Object.fromEntries(phases.filter(([, limits]) => Object.keys(limits).length > 0)),
    ...(strangers.length > 0 && { strangers }),
    nodes: process.nodes.map((node) => {
      const stated = Object.hasOwn(steps, node.id) ? steps[node.id] : undefined;
      return isJsonObject(stated) ? { ...node, ...filledIn(node, stated) } : node;
    }),
  };
}

/** What is written, and for the rest what is stated; a unit or basis alone is no limit. */
function filledIn({ limit, statutory, startRule, warning }: ParsedLimits, stated: JsonObject): ParsedLimits {
  const promise = limit?.value === undefined ? (limitOf(stated.promise) ?? limit) : limit;
  const law = statutory?.value === undefined ? (limitOf(stated.statutory) ?? statutory) : statutory;
  const rule = startRule ?? START_RULES.find((name) => name === stated.startRule);
  const yellow = warning ?? warningOf(stated.yellow);
  return {
    ...(promise && { limit: promise }),
    ...(law && { statutory: law }),
    ...(rule !== undefined && { startRule: rule }),
    ...(yellow !== undefined && { warning: yellow }),
  };
}

/** Acceptance and delivery are limited in working days, one at least. */
function phaseOf(stated: JsonValue | undefined, written: ParsedLimits = {}): ParsedLimits {
  if (!isJsonObject(stated)) return written;
  const { promise, startRule, yellow } = stated;
  const limit = limitOf(promise);
  const days = limit?.unit === 'workingDays' && limit.value !== '0';
  return filledIn(written, {
    ...(days && { promise: promise! }),
    ...(startRule !== undefined && { startRule }),
    ...(yellow !== undefined && { yellow }),
  });
}

function limitOf(stated: JsonValue | undefined): ParsedLimit | undefined {
  if (!isJsonObject(stated)) return undefined;
  const { value, unit = 'workingDays', basis } = stated;
  if (typeof value !== 'number' || typeof unit !== 'string' || !UNITS.includes(unit)) return undefined;
  if (!isAmount(value, unit as Limit['unit'])) return undefined;
  return { value: String(value), unit, ...(typeof basis === 'string' && { basis }) };
}

function warningOf(stated: JsonValue | undefined): string | undefined {
  return typeof stated === 'string' && parseWarning(stated) !== undefined ? stated : undefined;
}
