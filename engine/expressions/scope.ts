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

/** One bound name. A class, because loops make one of these per element. */
class NameScope implements Scope {
  private readonly bound: string;
  private readonly value: Value;
  private readonly parent: Scope;
  constructor(bound: string, value: Value, parent: Scope) {
    this.bound = bound;
    this.value = value;
    this.parent = parent;
  }
  find(name: string): Value | undefined {
    return name === this.bound ? this.value : this.parent.find(name);
  }
}

export function nameScope(bound: string, value: Value, parent: Scope): Scope {
  return new NameScope(bound, value, parent);
}

/** Inside `list[…]`: the element is `item`, and its own entries are names too. */
export function elementScope(element: Value, parent: Scope): Scope {
  const named = nameScope('item', element, parent);
  return isContext(element) ? contextScope(element, named) : named;
}
