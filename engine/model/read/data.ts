import type { ParsedMapping, ParsedRecord } from '../parsed-model.ts';
import { feelSource, textSource, type Source } from '../source.ts';
import { childOf, childrenOf, firstText, idOf, textOf, type Element } from './element.ts';

/** What the data associations of an element move (BPMN 2.0.2 §10.4). */
export interface ParsedData {
  readonly inputs: readonly ParsedMapping[];
  readonly outputs: readonly ParsedMapping[];
  /** Records of data stores that the element sees, and those it writes. */
  readonly reads: readonly ParsedRecord[];
  readonly writes: readonly ParsedRecord[];
}

/** The end that a drawn association needs in the file though it means nothing. */
const PLACEHOLDER = '__targetRef_placeholder';
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]{0,99}$/u;

/**
 * Data associations as mappings: data objects, properties, data inputs and outputs are variables of that name. An
 * association that is only drawn, without both its ends, a transformation or an assignment, changes nothing.
 */
export function readData(element: Element): ParsedData {
  const incoming = childrenOf(element, 'dataInputAssociations').filter(
    (each) => !isPlaceholder(childOf(each, 'targetRef')),
  );
  const outgoing = childrenOf(element, 'dataOutputAssociations');
  return {
    inputs: [...ownVariables(element), ...incoming.flatMap(mappingsOf)],
    outputs: outgoing.filter((each) => !isStore(childOf(each, 'targetRef'))).flatMap(mappingsOf),
    reads: incoming.flatMap((association) =>
      meansSomething(association)
        ? childrenOf(association, 'sourceRef')
            .filter(isStore)
            .map((store) => recordOf(store, association, { feel: 'null' }))
        : [],
    ),
    writes: outgoing.flatMap((association) => {
      const store = childOf(association, 'targetRef');
      const value = isStore(store) ? valueOf(association) : undefined;
      return store && value ? [recordOf(store, association, value)] : [];
    }),
  };
}

/** Properties, and data objects of a sub-process that its associations use, begin empty in the activity's own scope. */
function ownVariables(element: Element): ParsedMapping[] {
  const properties = childrenOf(element, 'properties').filter((property) => !isPlaceholder(property));
  const inside = childrenOf(element, 'flowElements');
  const used = new Set(inside.flatMap(endsOf).map(variableOf));
  const objects = inside.filter((each) => each.$type === 'bpmn:DataObject' && used.has(variableOf(each)));
  const names = new Set([...properties, ...objects].map(variableOf));
  return [...names].map((target) => ({ target, source: { feel: 'null' } }));
}

function endsOf(element: Element): Element[] {
  const associations = [
    ...childrenOf(element, 'dataInputAssociations'),
    ...childrenOf(element, 'dataOutputAssociations'),
  ];
  return associations.filter(meansSomething).flatMap((each) => {
    const target = childOf(each, 'targetRef');
    return [...childrenOf(each, 'sourceRef'), ...(target ? [target] : [])];
  });
}

function meansSomething(association: Element): boolean {
  return mappingsOf(association).length > 0 || valueOf(association) !== undefined;
}

function mappingsOf(association: Element): ParsedMapping[] {
  const target = childOf(association, 'targetRef');
  if (isPlaceholder(target)) return [];
  const assignments = childrenOf(association, 'assignment').map((assignment) => ({
    target: nameIn(textOf(childOf(assignment, 'to'), 'body') ?? '', target),
    source: bodyOf(assignment, 'from'),
  }));
  if (assignments.length > 0) return assignments;
  const value = valueOf(association);
  return target && value ? [{ target: variableOf(target), source: value }] : [];
}

/** What goes to the target as a whole. */
function valueOf(association: Element): Source | undefined {
  if (childOf(association, 'transformation')) return bodyOf(association, 'transformation');
  const [first, ...more] = childrenOf(association, 'sourceRef');
  if (first && more.length === 0) return { feel: variableOf(first) };
  const [assignment] = childrenOf(association, 'assignment');
  return assignment && isStore(childOf(association, 'targetRef')) ? bodyOf(assignment, 'from') : undefined;
}

function bodyOf(element: Element, property: string): Source {
  return feelSource(textOf(childOf(element, property), 'body') ?? '');
}

/** An assignment names its target by variable, or by the id of the item it belongs to. */
function nameIn(text: string, target: Element | undefined): string {
  const name = text.replace(/^=\s*|^[$#]\{\s*|\s*\}$/g, '').trim();
  return target && (name === '' || name === idOf(target)) ? variableOf(target) : name;
}

function recordOf(store: Element, association: Element, value: Source): ParsedRecord {
  const key = firstText(association, 'ov:key') ?? firstText(store, 'ov:key');
  const declared = childOf(store, 'dataStoreRef');
  return {
    store: textOf(declared, 'name') ?? textOf(store, 'name') ?? idOf(store),
    variable: variableOf(store),
    ...(key !== undefined && { key: textSource(key) }),
    value,
  };
}

/** The variable that an item is: its name where that can be one, else its id. A reference is what it refers to. */
export function variableOf(item: Element): string {
  const object = childOf(item, 'dataObjectRef');
  const names = [textOf(object, 'name'), textOf(item, 'name'), idOf(object), idOf(item)];
  return names.find((name) => name !== undefined && NAME.test(name)) ?? idOf(item);
}

function isStore(element: Element | undefined): boolean {
  return element?.$type === 'bpmn:DataStoreReference';
}

function isPlaceholder(element: Element | undefined): boolean {
  return element !== undefined && textOf(element, 'name') === PLACEHOLDER;
}
