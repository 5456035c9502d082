import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { MultiInstance, Node } from '../model/graph.ts';
import { end } from './activity.ts';
import { announceArmed, prepareArmed } from './armed.ts';
import { rememberBody, rememberInstance } from './compensation.ts';
import { dueEvents, throwDue } from './instance-events.ts';
import { Trouble, type Run } from './run.ts';
import { cancelScopes } from './scope.ts';
import type { Scope } from './state.ts';
import { setVariables, visibleVariables } from './variables.ts';

/** More instances than this in one body is a mistake in the data, not a process. */
export const MAX_INSTANCES = 10_000;

/** What one instance may take of a step without being an endless loop: a small sub-process that waits for nothing. */
const TRANSITIONS = 20;

/** Opens the body of a multi-instance activity (BPMN 2.0.2 §13.3.7) and its first instances. */
export function openMultiInstance(run: Run, node: Node, scopeId: string): void {
  const multi = node.multi!;
  const variables = visibleVariables(run, scopeId);
  const { total, items } = countInstances(run, multi, variables);
  const armed = prepareArmed(run, node, variables, { own: false, boundary: true });
  const token = run.newToken({ node: node.id, scope: scopeId, wait: 'scope', since: run.now, ...(armed && { armed }) });
  const body = run.newScope({
    parent: scopeId,
    node: node.id,
    kind: 'multi',
    owner: token.id,
    variables: counters(total, 0, 0),
    multi: {
      total,
      started: 0,
      completed: 0,
      ...(items && { items }),
      ...(multi.outputCollection && { outputs: Array<JsonValue>(total).fill(null) }),
    },
  });
  run.event('element.entered', node.id, token.id, { instances: total });
  announceArmed(run, token);
  if (total === 0) return closeBody(run, body);
  run.allow(total * TRANSITIONS);
  for (let left = multi.sequential ? 1 : total; left > 0; left--) startInstance(run, node, body);
}

/** One instance has ended: collect its output, then stop early, start the next, or end the body. */
export function instanceCompleted(run: Run, node: Node, instanceId: string): void {
  const instance = run.state.scopes[instanceId]!;
  const multi = node.multi!;
  const output = multi.outputElement && run.evaluate(multi.outputElement, visibleVariables(run, instanceId)).value;
  const before = run.state.scopes[instance.parent!]!;
  const completed = before.multi!.completed + 1;
  const active = before.multi!.started - completed - (before.multi!.cancelled ?? 0);
  const counted = counters(before.multi!.total, active, completed);
  const enough =
    multi.completion &&
    run.evaluate(multi.completion, { ...visibleVariables(run, before.id), ...counted }).value === true;

  const due = multi.throws ? dueEvents(run, node, completed, { ...visibleVariables(run, instanceId), ...counted }) : [];
  const body = run.scope(before.id);
  body.multi!.completed = completed;
  if (output !== undefined && body.multi!.outputs) body.multi!.outputs[instance.index!] = output;
  Object.assign(body.variables, counted);
  for (const name of Object.keys(counted)) run.changed.add(name);
  rememberInstance(run, node, instance, body.id);
  delete run.state.scopes[instanceId];
  run.quiet.delete(instanceId);

  if (due.length > 0) throwDue(run, node, body, due, instance.variables);
  if (!run.state.scopes[body.id]) return;
  if (enough || completed + (body.multi!.cancelled ?? 0) === body.multi!.total) closeBody(run, body);
  else if (multi.sequential) startInstance(run, node, body);
}

/**
 * A person took everything out of one instance: it counts as cancelled and is not waited for. The next one starts; after
 * the last one the body ends with what was completed. False: nothing was completed, so the body is not done either.
 */
export function instanceCancelled(run: Run, instanceId: string): boolean {
  const instance = run.state.scopes[instanceId]!;
  const body = run.scope(instance.parent!);
  const node = run.node(body.node);
  const multi = body.multi!;
  multi.cancelled = (multi.cancelled ?? 0) + 1;
  body.variables.nrOfActiveInstances = multi.started - multi.completed - multi.cancelled;
  delete run.state.scopes[instanceId];
  run.quiet.delete(instanceId);

  if (node.multi!.sequential && multi.started < multi.total) startInstance(run, node, body);
  else if (multi.completed + multi.cancelled === multi.total) {
    if (multi.completed === 0) return false;
    closeBody(run, body);
  }
  return true;
}

function countInstances(run: Run, multi: MultiInstance, variables: JsonObject): { total: number; items?: JsonValue[] } {
  if (multi.collection) {
    const items = run.evaluate(multi.collection, variables).value;
    if (!Array.isArray(items))
      throw new Trouble(
        'multi_instance.not_a_list',
        `Expected '${multi.collection.text}' to be a list, but it gave ${JSON.stringify(items)?.slice(0, 200)}`,
      );
    return { total: within(items.length), items };
  }
  const total = run.evaluate(multi.cardinality!, variables).value;
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0) {
    throw new Trouble(
      'multi_instance.bad_cardinality',
      `Expected '${multi.cardinality!.text}' to be a whole number, but it gave ${JSON.stringify(total)}`,
    );
  }
  return { total: within(total) };
}

function within(total: number): number {
  if (total > MAX_INSTANCES)
    throw new Trouble(
      'multi_instance.too_many',
      `Expected at most ${MAX_INSTANCES} instances, but the data asks for ${total}`,
    );
  return total;
}

function startInstance(run: Run, node: Node, body: Scope): void {
  const { elementVariable, outputElement } = node.multi!;
  const index = body.multi!.started++;
  const variables: JsonObject = { loopCounter: index + 1 };
  // what the output is made of must not be shared between instances
  for (const name of outputElement?.names ?? []) variables[name] ??= null;
  if (elementVariable !== undefined) variables[elementVariable] = body.multi!.items?.[index] ?? null;
  body.variables.nrOfActiveInstances = body.multi!.started - body.multi!.completed - (body.multi!.cancelled ?? 0);
  const instance = run.newScope({ parent: body.id, node: node.id, kind: 'instance', variables, index });
  run.push({ do: 'activate', node, scope: instance.id });
}

function closeBody(run: Run, body: Scope): void {
  const token = run.token(body.owner!);
  const node = run.node(token.node);
  rememberBody(run, body, token.scope);
  cancelScopes(run, [body.id]);
  if (node.multi!.outputCollection !== undefined) {
    const made = { [node.multi!.outputCollection]: body.multi!.outputs ?? [] };
    setVariables(run, token.scope, made);
    run.event('variables.set', node.id, undefined, made);
  }
  end(run, token);
}

function counters(total: number, active: number, completed: number): JsonObject {
  return { nrOfInstances: total, nrOfActiveInstances: active, nrOfCompletedInstances: completed };
}
