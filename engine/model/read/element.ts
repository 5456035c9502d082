/** A parsed element, as far as we look at it. */
export interface Element {
  readonly $type: string;
  readonly $parent?: Element;
  get(property: string): unknown;
}

/** Text of an attribute or body; undefined where it is absent or blank. */
export function textOf(element: Element | undefined, property: string): string | undefined {
  const value = element?.get(property);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** Text of an attribute as it is written, blank or not; undefined where it is absent. */
export function writtenText(element: Element, property: string): string | undefined {
  const value = element.get(property);
  return typeof value === 'string' ? value.trim() : undefined;
}

/** The first of several places in which the same thing may stand. */
export function firstText(element: Element | undefined, ...properties: string[]): string | undefined {
  for (const property of properties) {
    const text = textOf(element, property);
    if (text !== undefined) return text;
  }
  return undefined;
}

export function childrenOf(element: Element | undefined, property: string): Element[] {
  const value = element?.get(property);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

export function childOf(element: Element | undefined, property: string): Element | undefined {
  const value = element?.get(property);
  return isElement(value) ? value : undefined;
}

/** Extension elements of one type, for example `ov:Http`. */
export function extensionsOf(element: Element | undefined, type: string): Element[] {
  return childrenOf(childOf(element, 'extensionElements'), 'values').filter((value) => value.$type === type);
}

export function idOf(element: Element | undefined): string {
  return textOf(element, 'id') ?? '';
}

/** The id of the element or of the nearest one around it that has one. */
export function nearestId(element: Element | undefined): string {
  for (let at = element; at; at = at.$parent) {
    const id = at.$type === 'bpmn:Definitions' ? '' : typeof at.get === 'function' ? idOf(at) : '';
    if (id !== '' && !at.$type.endsWith('EventDefinition') && !at.$type.endsWith('Expression')) return id;
  }
  return '';
}

/** `bpmn:UserTask` -> `userTask` */
export function typeOf(element: Element): string {
  const name = element.$type.replace(/^[^:]*:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && '$type' in value;
}
