import { groupBy } from '../../engine/kernel/group-by.ts';
import { succeeded, type Circumstances, type Exchange, type FinalCase, type HistoryEvent } from './evidence.ts';
import { OPERATIONS, type Operation, type OperationKind } from './operations.ts';
import { otherwise } from './otherwise.ts';

interface Told {
  readonly final: FinalCase;
  readonly event: HistoryEvent;
}

/**
 * Whatever was acknowledged stands in a history, once: by whom, of what, with which words, and when. What stands there was
 * asked for, and whoever asked heard that it was done. `all`: also what was honestly not answered.
 */
export function recorded(
  all: readonly Exchange[],
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  { offMs = Infinity }: Circumstances,
): string[] {
  const told = toldBy(cases);
  const asked = groupBy(all, ({ verb, data = {}, target = '' }) =>
    isOperation(verb) ? nameOf(verb, data, target) : undefined,
  );
  const answers = groupBy(log, ({ key }) => key);
  return [
    ...[...asked].flatMap(([name, tries]) =>
      judged(name, tries, answers.get(tries[0]!.key!) ?? [], told.get(name) ?? [], offMs),
    ),
    ...[...told.keys()]
      .filter((name) => !asked.has(name))
      .map((name) => `a history tells of ${name}, and nobody asked`),
  ];
}

function judged(
  name: string,
  tries: readonly Exchange[],
  answers: readonly Exchange[],
  told: readonly Told[],
  offMs: number,
): string[] {
  const [{ verb, who, target, data }] = tries as [Exchange];
  const acknowledged = answers.some(succeeded);
  const [first, ...more] = told;
  if (!first) return acknowledged ? [`${name} was acknowledged, and no history knows it`] : [];
  if (more.length > 0) return [`${name} stands in the history ${told.length} times`];
  if (!acknowledged && answers.length > 0 && answers.every(({ status }) => status !== 0))
    return [`${name} took effect, and every answer was a refusal`];
  const { final, event } = first;
  const kind: OperationKind = OPERATIONS[verb as Operation];
  const of = kind.of === undefined ? final.id : event.data[kind.of];
  const at = Date.parse(event.at);
  const off = Math.max(
    Math.min(...tries.map(({ sent }) => sent)) - at,
    at - Math.max(...tries.map((each) => each.answered)),
  );
  return [
    ...(event.actor.id === who ? [] : [`${name} of '${who}' stands in the history as of '${event.actor.id}'`]),
    ...(of === target ? [] : [`${name} of ${target} stands in the history as of ${String(of)}`]),
    ...(kind.same ?? [])
      .filter((field) => JSON.stringify(event.data[field]) !== JSON.stringify(data![field]))
      .map((field) => `${name} stands in the history with another '${field}'`),
    ...(kind.alike
      ? otherwise(`${name} stands in the history otherwise`, kind.alike(data!), kind.alike(event.data))
      : []),
    ...(off > offMs ? [`${name} is dated ${off} ms off`] : []),
  ];
}

/** Every event that tells of an operation, by its words. What the nodes do by themselves has none. */
function toldBy(cases: readonly FinalCase[]): Map<string, Told[]> {
  const all = cases.flatMap((final) => final.history.map((event) => ({ final, event })));
  return groupBy(all, ({ final: { id }, event: { type, data, actor } }) => {
    const verb = actor.id === 'system' ? undefined : VERBS.get(type);
    return verb && nameOf(verb, data, id);
  });
}

const VERBS = new Map<string, Operation>(
  (Object.keys(OPERATIONS) as Operation[]).flatMap((verb) =>
    OPERATIONS[verb].events.map((type) => [type, verb] as const),
  ),
);
const isOperation = (verb: string): verb is Operation => Object.hasOwn(OPERATIONS, verb);

function nameOf(verb: Operation, data: HistoryEvent['data'], caseId: string): string {
  const { words }: OperationKind = OPERATIONS[verb];
  return `${verb} '${typeof words === 'string' ? String(data[words]) : words(data, caseId)}'`;
}
