import { entry, isContext } from './values.ts';
import type { FeelContext, Value } from './values.ts';

/** Where names are looked up: the nearest scope first. */
export interface Scope {
  /** undefined when nobody knows the name */
  find(name: string): Value | undefined;
}

export function contextScope(context: FeelContext, parent?: Scope): Scope {
  return {
    find: (name) => {
      const found = entry(context, name);
      return found === undefined ? parent?.find(name) : found;
    },
  };
}

export function nameScope(bound: string, value: Value, parent: Scope): Scope {
  return { find: (name) => (name === bound ? value : parent.find(name)) };
}

/** Inside `list[…]`: the element is `item`, and its own entries are names too. */
export function elementScope(element: Value, parent: Scope): Scope {
  const named = nameScope('item', element, parent);
  return isContext(element) ? contextScope(element, named) : named;
}
