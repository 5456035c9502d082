/** A moddle descriptor, as far as we use its language. */
export interface Package {
  readonly name: string;
  readonly uri: string;
  readonly prefix: string;
  readonly xml: { readonly tagAlias: 'lowerCase' };
  readonly types: readonly {
    readonly name: string;
    readonly extends?: readonly string[];
    readonly superClass?: readonly string[];
    readonly properties: readonly Property[];
  }[];
}

export interface Property {
  readonly name: string;
  readonly type: string;
  readonly isAttr?: boolean;
  readonly isBody?: boolean;
  readonly isMany?: boolean;
  /** The property of another package that this one stands for. */
  readonly redefines?: string;
}

/** Text attributes: what a number or an expression means is decided where it is read. */
export function attributes(...names: string[]): Property[] {
  return names.map((name) => ({ name, type: 'String', isAttr: true }));
}
