import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Mapping } from '../model/graph.ts';
import { Trouble, type Run } from './run.ts';

const MAX_PARTS = 200_000;

/** What an expression sees in a scope: the scope's variables over those of the scopes around it, `locals` on top. */
export function visibleVariables(run: { state: Run['state'] }, scopeId: string, locals?: JsonObject): JsonObject {
  const scope = run.state.scopes[scopeId]!;
  if (scope.parent === undefined && !locals) return scope.variables;
  const outer = scope.parent === undefined ? {} : visibleVariables(run, scope.parent);
  return { ...outer, ...scope.variables, ...locals };
}

/** Sets each variable in the nearest scope that has it, else in the case's own scope; all of them, or none. */
export function setVariables(run: Run, scopeId: string, variables: JsonObject): void {
  for (const [name, value] of Object.entries(variables)) {
    refuseUnsafeName(name);
    refuseTooLarge(name, value);
  }
  for (const [name, value] of Object.entries(variables)) {
    run.scope(ownerOf(run, scopeId, name)).variables[name] = value;
    run.changed.add(name);
  }
}

/** Prototype names never become variables. `variables.unsafe_name` */
export function refuseUnsafeName(name: string): void {
  if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
    throw new Rejection('invalid', 'variables.unsafe_name', `Expected a variable name, but '${name}' is reserved`, {
      name,
    });
  }
}

function ownerOf(run: Run, scopeId: string, name: string): string {
  for (let id = scopeId; ;) {
    const scope = run.state.scopes[id]!;
    if (Object.hasOwn(scope.variables, name) || scope.parent === undefined) return id;
    id = scope.parent;
  }
}

/** Evaluates mappings in order; a later one sees what an earlier one made. */
export function evaluateMappings(run: Run, mappings: readonly Mapping[], variables: JsonObject): JsonObject {
  const made: JsonObject = {};
  for (const { target, source } of mappings) made[target] = run.evaluate(source, { ...variables, ...made }).value;
  return made;
}

/** A script in a loop may double its value each time: stop while it can still be written down. */
function refuseTooLarge(name: string, value: JsonValue): void {
  if (typeof value !== 'object' && typeof value !== 'string') return;
  if (parts(value, MAX_PARTS) < 0)
    throw new Trouble('variables.too_large', `Expected '${name}' to stay below ${MAX_PARTS} parts, but it grew beyond`);
}

function parts(value: JsonValue, left: number): number {
  if (typeof value === 'string') return left - 1 - (value.length >> 3);
  if (value === null || typeof value !== 'object') return left - 1;
  for (const part of Object.values(value)) {
    left = parts(part, left);
    if (left < 0) return left;
  }
  return left - 1;
}
