import type { JsonObject } from '../kernel/json.ts';
import type { Node, RecordAccess } from '../model/graph.ts';
import { Trouble, type Run } from './run.ts';

/** What the element sees of data stores (BPMN 2.0.2 §10.4.1): each record, or null, under the name of its reference. */
export function readRecords(run: Run, node: Node, variables: JsonObject): JsonObject {
  const seen: JsonObject = {};
  for (const access of node.reads ?? []) {
    seen[access.variable] = run.record(access.store, keyOf(run, access, variables));
  }
  return seen;
}

/** A record that an element hands to a data store. */
export interface NewRecord {
  readonly store: string;
  readonly key: string;
  readonly record: JsonObject;
}

/** What the element hands to data stores. Evaluated before any of it is written: all records are, or none. */
export function prepareRecords(run: Run, node: Node, variables: () => JsonObject): NewRecord[] {
  if (!node.writes?.length) return [];
  const seen = variables();
  return node.writes.map((access) => {
    const key = keyOf(run, access, seen);
    const value = run.evaluate(access.value, seen).value;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new Trouble(
        'record.not_a_context',
        `Expected '${access.value.text}' to give a record for data store '${access.store}', but it gave ${JSON.stringify(value)?.slice(0, 200)}`,
      );
    }
    return { store: access.store, key, record: value };
  });
}

/** Writes them; they land with the step. */
export function writeRecords(run: Run, node: Node, records: readonly NewRecord[]): void {
  for (const { store, key, record } of records) {
    run.putRecord(store, key, record);
    run.event('record.written', node.id, undefined, { store, key });
  }
}

function keyOf(run: Run, { key, store }: RecordAccess, variables: JsonObject): string {
  const value = run.evaluate(key, variables).value;
  if (typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length <= 200))
    return String(value);
  throw new Trouble(
    'record.bad_key',
    `Expected '${key.text}' to give the key of a record in '${store}', but it gave ${JSON.stringify(value)?.slice(0, 200)}`,
  );
}
